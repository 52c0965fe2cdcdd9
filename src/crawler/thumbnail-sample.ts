import { type AlbumEntry, albumEntries } from '../album/entries.js';
import type { PixelSize } from '../album/pixel-size.js';
import { readPictureFacts } from '../picture/picture-facts.js';
import { asDownloadError, DownloadError } from './download-error.js';
import type { RunContext } from './run-context.js';

/** Thumbnails of an album that are looked at, over all runs. */
const sampleSize = 12;
/** Bytes of a thumbnail's file that hold its size, with room for EXIF data before it. */
const headLength = 64 * 1024;

interface Candidate {
  key: string;
  thumbnailUrl: string;
  /** Longest side of the original, in pixels. */
  side: number;
}

/** Saved pictures with a thumbnail on a host that was asked in this run anyway. */
function candidatesIn(entries: readonly AlbumEntry[], siteUrl: string): Candidate[] {
  return entries.flatMap(({ photo, outcome }) => {
    if (outcome?.status !== 'saved' || photo.page === undefined) return [];
    const { key, thumbnailUrl, originalUrl } = photo;
    const side = Math.max(outcome.width ?? 0, outcome.height ?? 0);
    if (thumbnailUrl === undefined || side === 0) return [];
    const hosts = [originalUrl, siteUrl].map((url) => new URL(url).host);
    return hosts.includes(new URL(thumbnailUrl).host) ? [{ key, thumbnailUrl, side }] : [];
  });
}

/** Half of them the smallest originals, where doubt is likeliest; the others from all over. */
function sampleOf(candidates: readonly Candidate[], size: number): Candidate[] {
  const bySide = [...candidates].sort((one, other) => one.side - other.side);
  const smallest = bySide.slice(0, Math.ceil(size / 2));
  const others = candidates.filter((candidate) => !smallest.includes(candidate));
  const wanted = Math.min(size - smallest.length, others.length);
  const spread = Array.from({ length: wanted }, (_, index) => {
    return others[Math.floor(((index + 0.5) * others.length) / wanted)];
  });
  return [...smallest, ...spread].filter((candidate) => candidate !== undefined);
}

async function sizeOf(url: string, { originals }: RunContext): Promise<PixelSize | undefined> {
  const { body } = await originals.open(url);
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop gives up the rest of the answer.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= headLength) break;
  }
  originals.succeeded(url);
  const { width, height } = readPictureFacts(Buffer.concat(parts));
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** Whether a thumbnail's host still answers, its size going into `sizes`. */
async function measured(
  { key, thumbnailUrl }: Candidate,
  sizes: Map<string, PixelSize>,
  run: RunContext,
): Promise<boolean> {
  try {
    const size = await sizeOf(thumbnailUrl, run);
    if (size !== undefined) sizes.set(key, size);
    return true;
  } catch (error) {
    if (run.control.cause !== undefined) return false;
    const failure = asDownloadError(error);
    if (!(failure instanceof DownloadError)) throw error;
    return failure.failure !== 'connection';
  }
}

/**
 * Looks at some of the album's thumbnails, a dozen in the life of an album, and notes their sizes:
 * an original that is no larger than its thumbnail is none. The manners towards servers are those of
 * originals. It waits for a run without failures; a thumbnail that cannot be had is passed over, and
 * a host that does not answer ends it.
 */
export async function measureThumbnails(run: RunContext): Promise<void> {
  const { album, control, siteUrl, progress } = run;
  if (control.cause !== undefined || progress.failed > 0) return;
  const sizes = await album.thumbnailSizes();
  const wanted = sampleSize - sizes.size;
  if (wanted <= 0) return;
  const entries = (await albumEntries(album)).filter(({ photo }) => !sizes.has(photo.key));
  for (const candidate of sampleOf(candidatesIn(entries, siteUrl), wanted)) {
    if (!(await measured(candidate, sizes, run))) break;
  }
  await album.setThumbnailSizes(sizes);
}
