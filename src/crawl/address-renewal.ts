import type { PhotoSource } from '../album/photo-sources.js';
import { EscapeError } from '../errors.js';
import { DownloadError, type RefusedError } from '../http/download-error.js';
import { plainText } from '../text/plain-text.js';
import { readOwnPage } from './own-page.js';
import { readWithRetries } from './retry-page.js';
import type { RunContext } from './run-context.js';

/**
 * Reads the page again that says where an original is, after its address was refused: it may have run
 * out.
 *
 * @param url the address that was refused
 * @returns whether there is another address now; a DownloadError where that cannot be found out
 */
export async function renewAddress(
  refusal: RefusedError,
  url: string,
  { photo: { key, page }, detailUrl, listed }: PhotoSource,
  run: RunContext,
): Promise<boolean | DownloadError> {
  const isOther = () => !run.album.sources.of(key).originals.includes(url);
  const unknown = (why: string) =>
    new DownloadError(`${refusal.reason}, and it is not known whether it has moved: ${why}`);
  // Another photo of the page may have had it read again meanwhile.
  if (isOther()) return true;
  try {
    if (listed.originals.includes(url)) {
      const keys = await run.renewed.read(page);
      if (!keys.has(key)) return unknown('its listing page no longer lists it');
    }
    if (detailUrl !== undefined) {
      const why = await readWithRetries(() => readOwnPage(key, run), run);
      if (why !== undefined) return unknown(why);
    }
  } catch (error) {
    const isOfThePage = error instanceof Error && !(error instanceof EscapeError);
    if (!isOfThePage || run.control.cause !== undefined) throw error;
    return unknown(plainText(error.message));
  }
  return isOther();
}
