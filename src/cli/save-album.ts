import type { RunControl } from '../crawl/run-control.js';
import type { Ending } from '../errors.js';
import {
  type Escaped,
  type EscapeObserver,
  type EscapeOrder,
  escapeAlbum,
} from '../rescue/escape-album.js';
import { bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { showProgress } from './progress-display.js';
import { say, type Terminal } from './terminal.js';

/**
 * Saves an album, shows how it goes, and says how it ended.
 *
 * @param verbose whether Crawlee's own log is shown
 */
export async function saveAlbum(
  order: EscapeOrder,
  { terminal, control }: { terminal: Terminal; control: RunControl },
  verbose = false,
): Promise<Ending> {
  const escaped = await escapeAlbum(order, showEscape(order, terminal, verbose), control);
  sayEscaped(terminal, escaped);
  return escaped.ending;
}

/** Shows on a terminal how an album is being saved. */
export function showEscape(
  { profile, identity, storage, thumbnails }: EscapeOrder,
  terminal: Terminal,
  verbose: boolean,
): EscapeObserver {
  return {
    crawlBegins(progress) {
      say(terminal, `Saving ${profile.title} (${identity.url}) to ${storage}`);
      const stopShowing = showProgress(terminal, progress);
      return () => {
        stopShowing();
        const measured = thumbnails === 'all' ? `, ${progress.thumbnails} thumbnails measured` : '';
        const size = bytesInWords(progress.bytes);
        say(terminal, `${progress.pages} pages read, ${size} saved${measured}`);
      };
    },
    crawleeLog: verbose ? (line) => say(terminal, line) : undefined,
  };
}

/** Says how saving an album ended: what is wrong, then the counts as the last line. */
export function sayEscaped(terminal: Terminal, escaped: Escaped): void {
  const { ending, counts, cause, doubts, failures, damagedAtSource, rescueReport } = escaped;
  const tell = (line: string, most = 500): void => say(terminal, plainText(line, most));
  tell(
    'page' in rescueReport
      ? `The rescue report: ${rescueReport.page}`
      : `There is no new rescue report: ${rescueReport.problem}`,
  );
  const at = (url: string | undefined) => (url === undefined ? '' : ` (${url})`);
  for (const { id, originalUrl, reason } of failures) {
    tell(`Not saved: ${id}${at(originalUrl)}: ${reason}`);
  }
  for (const { id, originalUrl } of damagedAtSource) {
    tell(`Damaged on the site itself: ${id}${at(originalUrl)}: its end is missing; kept as it is.`);
  }
  for (const doubt of doubts) tell(doubt, 1000);
  const { saved, alreadyHad, failed, listed, left } = counts;
  if (left > 0) tell(`${left} saved photos are no longer in the album; they are kept.`);
  if (cause !== undefined) tell(cause.message, 1000);
  if (ending === 'complete') {
    tell('Complete: every photo that the album lists is saved and checked.');
  }
  tell(`saved ${saved} · already had ${alreadyHad} · failed ${failed} · listed ${listed}`);
}
