import type { PhotoState } from '../album/photo-dataset.js';
import type { RunContext } from './run-context.js';
import { fetchThumbnail, isOnKnownHost } from './thumbnail.js';

/** Which thumbnails are measured: a dozen over all runs of an album, all, or none. */
export type ThumbnailChoice = 'sample' | 'all' | 'none';

/** Which thumbnails to measure, and how. */
export interface ThumbnailOrder {
  choice: ThumbnailChoice;
  /** The album's address. */
  siteUrl: string;
  /** Thumbnails at once. */
  atOnce: number;
}

/** Size of the sample, over all runs of an album. */
const sampleSize = 12;

interface Candidate {
  key: string;
  thumbnailUrl: string;
  originalUrl: string;
  /** Longest side of the original, in pixels. */
  side: number;
}

/** A saved picture with a thumbnail whose size is not known. */
function candidateIn({ outcome, thumbnail }: PhotoState): Candidate | undefined {
  if (outcome.status !== 'saved' || thumbnail !== undefined) return undefined;
  const { key, thumbnailUrl, originalUrl, width = 0, height = 0 } = outcome;
  const side = Math.max(width, height);
  if (thumbnailUrl === undefined || originalUrl === undefined || side === 0) return undefined;
  return { key, thumbnailUrl, originalUrl, side };
}

async function* everyCandidate({ album }: RunContext): AsyncGenerator<Candidate> {
  for await (const state of album.photos.list()) {
    const candidate = candidateIn(state);
    if (candidate !== undefined) yield candidate;
  }
}

/** Half of the sample are the smallest originals, which are the most doubtful; the others are spread evenly. */
async function* sample(run: RunContext, siteUrl: string): AsyncGenerator<Candidate> {
  const wanted = sampleSize - run.album.thumbnails().measured;
  const { failed, saved, listed } = run.progress;
  if (wanted <= 0 || failed > 0 || saved === 0) return;
  const half = Math.ceil(wanted / 2);
  const stride = Math.max(1, Math.floor(listed / half));
  const spread: Candidate[] = [];
  let smallest: Candidate[] = [];
  let count = 0;
  for await (const candidate of everyCandidate(run)) {
    if (!isOnKnownHost(candidate, siteUrl)) continue;
    if (count++ % stride === stride - 1) spread.push(candidate);
    else if (smallest.length < half || candidate.side < (smallest.at(-1)?.side ?? 0)) {
      smallest = [...smallest, candidate].sort((a, b) => a.side - b.side).slice(0, half);
    }
  }
  yield* [...smallest, ...spread].slice(0, wanted);
}

/**
 * Measures thumbnails and stores their sizes: a picture that is no larger than its thumbnail is not
 * the original. Slots and the host throttle apply as to originals. A sample is taken at the end of a
 * run that saved something without failures. With `all` every thumbnail is measured after any run,
 * and the next run measures those that are still missing.
 *
 * @throws DiskError
 */
export async function measureThumbnails(
  run: RunContext,
  { choice, siteUrl, atOnce }: ThumbnailOrder,
): Promise<void> {
  if (choice === 'none' || run.control.cause !== undefined) return;
  const candidates = choice === 'all' ? everyCandidate(run) : sample(run, siteUrl);
  const measure = async (): Promise<void> => {
    for (;;) {
      const { value: candidate } = await candidates.next();
      if (candidate === undefined || run.control.cause !== undefined) return;
      const thumbnail = await fetchThumbnail(candidate, siteUrl, run);
      if (thumbnail !== undefined) await run.album.addThumbnailSize(candidate.key, thumbnail.size);
      run.progress.thumbnails += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, measure));
}
