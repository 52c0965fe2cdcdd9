import type { Outcome } from '../album/photo.js';
import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { PixelSize } from '../picture/pixel-size.js';
import type { RunContext } from './run-context.js';

/** Whose thumbnails are looked at: a dozen photos' in the life of an album, every photo's, nobody's. */
export type ThumbnailChoice = 'sample' | 'all' | 'none';

/** Which thumbnails to look at, and how. */
export interface ThumbnailOrder {
  choice: ThumbnailChoice;
  /** The album's address. */
  siteUrl: string;
  /** Thumbnails at once. */
  atOnce: number;
}

/** Thumbnails of an album that are looked at, over all runs, where a sample does. */
const sampleSize = 12;

interface Candidate {
  key: string;
  thumbnailUrl: string;
  originalUrl: string;
  /** Longest side of the original, in pixels. */
  side: number;
}

/** A saved picture with a thumbnail. */
function candidateIn(outcome: Outcome): Candidate | undefined {
  if (outcome.status !== 'saved') return undefined;
  const { key, thumbnailUrl, originalUrl, width = 0, height = 0 } = outcome;
  const side = Math.max(width, height);
  if (thumbnailUrl === undefined || originalUrl === undefined || side === 0) return undefined;
  return { key, thumbnailUrl, originalUrl, side };
}

/** All whose thumbnails are not known, each once. */
async function* everyCandidate(
  { album }: RunContext,
  known: ReadonlyMap<string, PixelSize>,
): AsyncGenerator<Candidate> {
  for await (const outcome of album.photos.list()) {
    const candidate = candidateIn(outcome);
    if (candidate !== undefined && !known.has(candidate.key)) yield candidate;
  }
}

/** Whether the thumbnail is on a host that is asked for originals or pages anyway. */
function isOnKnownHost({ thumbnailUrl, originalUrl }: Candidate, siteUrl: string): boolean {
  const hosts = [originalUrl, siteUrl].map((url) => new URL(url).host);
  return hosts.includes(new URL(thumbnailUrl).host);
}

/** Half of them the smallest originals, where doubt is likeliest; the others from all over. */
async function* sample(
  run: RunContext,
  siteUrl: string,
  known: ReadonlyMap<string, PixelSize>,
): AsyncGenerator<Candidate> {
  const wanted = sampleSize - known.size;
  const { failed, saved, listed } = run.progress;
  if (wanted <= 0 || failed > 0 || saved === 0) return;
  const half = Math.ceil(wanted / 2);
  const stride = Math.max(1, Math.floor(listed / half));
  const spread: Candidate[] = [];
  let smallest: Candidate[] = [];
  let count = 0;
  for await (const candidate of everyCandidate(run, known)) {
    if (!isOnKnownHost(candidate, siteUrl)) continue;
    if (count++ % stride === stride - 1) spread.push(candidate);
    else if (smallest.length < half || candidate.side < (smallest.at(-1)?.side ?? 0)) {
      smallest = [...smallest, candidate].sort((a, b) => a.side - b.side).slice(0, half);
    }
  }
  yield* [...smallest, ...spread].slice(0, wanted);
}

/** The size of a thumbnail; none of one that cannot be had, which is passed over. */
async function sizeOf(
  { thumbnailUrl }: Candidate,
  run: RunContext,
): Promise<PixelSize | undefined> {
  try {
    return await run.originals.measurePicture(thumbnailUrl);
  } catch (error) {
    if (run.control.cause !== undefined || asDownloadError(error) instanceof DownloadError) return;
    throw error;
  }
}

/**
 * Looks at thumbnails and notes their sizes: an original that is no larger than its thumbnail is
 * none. The manners towards servers are those of originals. A sample is taken at the end of a run
 * that saved something, without failures; all are looked at whatever the run was like, and those that
 * are missing in the next one.
 *
 * @throws DiskError
 */
export async function measureThumbnails(
  run: RunContext,
  { choice, siteUrl, atOnce }: ThumbnailOrder,
): Promise<void> {
  if (choice === 'none' || run.control.cause !== undefined) return;
  const known = run.album.thumbnailSizes();
  const candidates = choice === 'all' ? everyCandidate(run, known) : sample(run, siteUrl, known);
  const measure = async (): Promise<void> => {
    for (;;) {
      const { value: candidate } = await candidates.next();
      if (candidate === undefined || run.control.cause !== undefined) return;
      const size = await sizeOf(candidate, run);
      if (size !== undefined) await run.album.addThumbnailSize(candidate.key, size);
      run.progress.thumbnails += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, measure));
}
