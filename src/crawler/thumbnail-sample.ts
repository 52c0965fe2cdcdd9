import { asDownloadError, DownloadError } from '../originals/download-error.js';
import type { Outcome } from '../photo.js';
import type { PixelSize } from '../picture/pixel-size.js';
import type { RunContext } from './run-context.js';

/** Thumbnails of an album that are looked at, over all runs. */
const sampleSize = 12;

interface Candidate {
  key: string;
  thumbnailUrl: string;
  /** Longest side of the original, in pixels. */
  side: number;
}

/** A saved picture with a thumbnail on a host that is asked for originals or pages anyway. */
function candidateIn(outcome: Outcome, siteUrl: string): Candidate | undefined {
  if (outcome.status !== 'saved') return undefined;
  const { key, thumbnailUrl, originalUrl, width = 0, height = 0 } = outcome;
  const side = Math.max(width, height);
  if (thumbnailUrl === undefined || originalUrl === undefined || side === 0) return undefined;
  const hosts = [originalUrl, siteUrl].map((url) => new URL(url).host);
  return hosts.includes(new URL(thumbnailUrl).host) ? { key, thumbnailUrl, side } : undefined;
}

/** Half of them the smallest originals, where doubt is likeliest; the others from all over. */
async function sampleOf(
  { album, progress }: RunContext,
  siteUrl: string,
  known: ReadonlyMap<string, PixelSize>,
): Promise<Candidate[]> {
  const half = Math.ceil((sampleSize - known.size) / 2);
  const stride = Math.max(1, Math.floor(progress.listed / half));
  const spread: Candidate[] = [];
  let smallest: Candidate[] = [];
  let count = 0;
  for await (const outcome of album.outcomes()) {
    const candidate = candidateIn(outcome, siteUrl);
    if (candidate === undefined || known.has(candidate.key)) continue;
    if (count++ % stride === stride - 1) spread.push(candidate);
    else if (smallest.length < half || candidate.side < (smallest.at(-1)?.side ?? 0)) {
      smallest = [...smallest, candidate].sort((a, b) => a.side - b.side).slice(0, half);
    }
  }
  return [...smallest, ...spread].slice(0, sampleSize - known.size);
}

/** Notes the size of a thumbnail; one that cannot be had is passed over. */
async function measure({ key, thumbnailUrl }: Candidate, run: RunContext): Promise<void> {
  try {
    const size = await run.originals.measurePicture(thumbnailUrl);
    if (size !== undefined) await run.album.addThumbnailSize(key, size);
  } catch (error) {
    if (run.control.cause === undefined && !(asDownloadError(error) instanceof DownloadError)) {
      throw error;
    }
  }
}

/**
 * Looks at some of the album's thumbnails, a dozen in the life of an album, and notes their sizes:
 * an original that is no larger than its thumbnail is none. The manners towards servers are those of
 * originals. It is done at the end of a run that saved something, without failures.
 *
 * @param siteUrl the album's address
 */
export async function measureThumbnails(run: RunContext, siteUrl: string): Promise<void> {
  const { album, control, progress } = run;
  if (control.cause !== undefined || progress.failed > 0 || progress.saved === 0) return;
  const sizes = await album.thumbnailSizes();
  if (sizes.size >= sampleSize) return;
  const sample = await sampleOf(run, siteUrl, sizes);
  await Promise.all(sample.map((candidate) => measure(candidate, run)));
}
