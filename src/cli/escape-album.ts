import { Album, type AlbumIdentity } from '../album/album.js';
import { albumEntries } from '../album/entries.js';
import type { CrawlReport } from '../crawler/crawl.js';
import { newProgress } from '../crawler/progress.js';
import type { RunControl } from '../crawler/run-control.js';
import type { Credentials } from '../crawler/site-session.js';
import { type Ending, UsageError } from '../errors.js';
import { plainText } from '../plain-text.js';
import type { Profile } from '../profile/schema.js';
import { DurableStorageClient } from '../storage/client.js';
import { holdFolder } from '../storage/hold.js';
import { inMegabytes, showProgress } from './progress-display.js';
import { say, type Terminal } from './terminal.js';

/** What to save, and where to. */
export interface EscapeOrder {
  profile: Profile;
  identity: AlbumIdentity;
  credentials: Credentials;
  /** The storage folder. */
  storage: string;
  concurrency: number;
  maxPerMinute: number | undefined;
  /** Whether Crawlee's own log is shown. */
  verbose: boolean;
}

const userAgent = 'photo-escape (saves the photos of the account that is signed in)';

/** Says why a storage folder cannot take this album; nothing where it can. */
export async function otherAlbum(storage: string, identity: AlbumIdentity): Promise<string[]> {
  if (!DurableStorageClient.exists(storage)) return [];
  const client = DurableStorageClient.openForReading(storage);
  try {
    const present = await (await Album.open(client)).identity();
    if (present === undefined) return [];
    const { profile, url, username } = present;
    const same =
      profile === identity.profile && url === identity.url && username === identity.username;
    if (same) return [];
    return [
      `The storage folder ${storage} belongs to another album (${profile}, ${url}, user ${plainText(username)}), and stays as it is. Choose another folder with --storage or CRAWLEE_STORAGE_DIR`,
    ];
  } finally {
    client.close();
  }
}

/** The report's last lines: what is not as it should be, then the counts. */
async function summarize(terminal: Terminal, report: CrawlReport, album: Album): Promise<Ending> {
  const { tally, cause, restless, unreadable } = report;
  if (tally.failed > 0) {
    for (const { status, photo, outcome } of await albumEntries(album)) {
      if (status !== 'failed' || outcome?.status !== 'failed') continue;
      say(terminal, plainText(`Not saved: ${photo.id} (${photo.originalUrl}): ${outcome.reason}`));
    }
  }
  for (const problem of unreadable) say(terminal, plainText(`Not recognised: ${problem}`));
  if (restless) {
    say(
      terminal,
      'The album kept changing while it was walked, so photos may have been missed. Run the same command again when it is at rest.',
    );
  }
  if (tally.left > 0) {
    say(terminal, `${tally.left} saved photos are no longer in the album; they are kept.`);
  }
  if (cause !== undefined) say(terminal, cause.message);
  const { saved, alreadyHad, failed, listed } = tally;
  const whole =
    saved + alreadyHad === listed && !restless && unreadable.length === 0 && cause === undefined;
  if (whole) say(terminal, 'Complete: every photo that the album lists is saved and checked.');
  say(terminal, `saved ${saved} · already had ${alreadyHad} · failed ${failed} · listed ${listed}`);
  if (cause !== undefined) return cause.ending;
  return whole ? 'complete' : 'incomplete';
}

/**
 * Saves an album into a storage folder, shows how it goes, and sums it up.
 *
 * @returns how it ended
 * @throws EscapeError where it could not begin: the folder is in use, damaged or not writable
 */
export async function escapeAlbum(
  order: EscapeOrder,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { crawl } = await import('../crawler/crawl.js');
  const hold = holdFolder(order.storage);
  try {
    const client = DurableStorageClient.open(order.storage);
    try {
      const album = await Album.open(client);
      // Asked again now that the folder is held: another run may have come first.
      const problems = await otherAlbum(order.storage, order.identity);
      if (problems.length > 0) throw new UsageError(problems);
      if ((await album.identity()) === undefined) await album.setIdentity(order.identity);

      const progress = newProgress();
      say(terminal, `Saving ${order.profile.title} (${order.identity.url}) to ${order.storage}`);
      const display = showProgress(terminal, progress);
      const report = await crawl({
        profile: order.profile,
        siteUrl: order.identity.url,
        credentials: order.credentials,
        concurrency: order.concurrency,
        maxPerMinute: order.maxPerMinute,
        userAgent,
        client,
        album,
        control,
        progress,
        verbose: order.verbose ? (line) => say(terminal, line) : undefined,
      }).finally(() => display.stop());
      say(terminal, `${progress.pages} pages read, ${inMegabytes(progress.bytes)} saved`);
      return await summarize(terminal, report, album);
    } finally {
      client.close();
    }
  } finally {
    hold.release();
  }
}
