import type { Album } from '../album/album.js';
import { AlbumIndex } from '../album/entries.js';
import type { CrawlReport } from '../crawl/crawl.js';
import type { Ending } from '../errors.js';
import { plainText } from '../text/plain-text.js';
import { say, type Terminal } from './terminal.js';

/** What keeps an album from counting as complete, beside photos that could not be saved. */
function doubts({ tally, cause, keepsChanging, cutAt, unreadable }: CrawlReport): string[] {
  const sentences = unreadable.map((problem) => `Not recognised: ${problem}`);
  if (keepsChanging) {
    sentences.push(
      'The album kept changing while it was walked, so photos may have been missed. Run the same command again when it is at rest.',
    );
  }
  if (cutAt !== undefined) {
    sentences.push(
      `The album has more than ${cutAt} pages; what is behind them was not looked at.`,
    );
  }
  if (tally.listed === 0 && tally.left > 0 && cause === undefined) {
    sentences.push(
      `The album lists no photo, though ${tally.left} were saved from it before. Look at it with a browser: the site may have changed.`,
    );
  }
  return sentences;
}

/** A line for each photo that could not be saved. */
async function* failures(album: Album): AsyncGenerator<string> {
  for await (const { entries } of (await AlbumIndex.read(album)).groups()) {
    for (const { photo, outcome } of entries) {
      if (outcome?.status !== 'failed') continue;
      const { originalUrl = photo.originalUrl } = outcome;
      const where = originalUrl === undefined ? '' : ` (${originalUrl})`;
      yield `Not saved: ${photo.id}${where}: ${outcome.reason}`;
    }
  }
}

/** How a crawl ended, and what keeps the album from counting as complete. */
export interface Closing {
  /** `complete` only if every photo listed is saved and nothing is in doubt. */
  ending: Ending;
  doubts: readonly string[];
}

/** Judges how a crawl ended. */
export function closingOf(report: CrawlReport): Closing {
  const { saved, alreadyHad, listed } = report.tally;
  const open = doubts(report);
  if (report.cause !== undefined) return { ending: report.cause.ending, doubts: open };
  const whole = saved + alreadyHad === listed && open.length === 0;
  return { ending: whole ? 'complete' : 'incomplete', doubts: open };
}

/** Says how a crawl ended: what is not as it should be, then the counts, as the last line. */
export async function sayReport(
  terminal: Terminal,
  { tally, cause }: CrawlReport,
  closing: Closing,
  album: Album,
): Promise<void> {
  const { saved, alreadyHad, failed, listed, left } = tally;
  if (failed > 0) for await (const line of failures(album)) say(terminal, plainText(line, 500));
  for (const line of closing.doubts) say(terminal, plainText(line, 500));
  if (left > 0) say(terminal, `${left} saved photos are no longer in the album; they are kept.`);
  if (cause !== undefined) say(terminal, plainText(cause.message, 1000));
  if (closing.ending === 'complete') {
    say(terminal, 'Complete: every photo that the album lists is saved and checked.');
  }
  say(terminal, `saved ${saved} · already had ${alreadyHad} · failed ${failed} · listed ${listed}`);
}
