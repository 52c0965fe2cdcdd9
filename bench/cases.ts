import { shown } from './table.js';

/** What a contender does: save an album, run again when all is saved, or show its help. */
export type Job = 'save' | 'save again' | 'help';

/** The replica's album, and how the replica answers. */
export interface AlbumSize {
  photos: number;
  /** Size of every original in bytes. */
  photoBytes: number;
  /** Milliseconds before every answer. */
  latency: number;
  /** Downloads at once, for every contender that has such a setting. */
  atOnce: number;
}

/** One case of the benchmark. */
export interface BenchCase {
  job: Job;
  /** Missing where the job needs no album. */
  album?: AlbumSize;
}

const rescue: AlbumSize = { photos: 1374, photoBytes: 180_000, latency: 0, atOnce: 16 };
const fewPhotos: AlbumSize = { photos: 60, photoBytes: 8000, latency: 0, atOnce: 16 };

/** All cases, by the name that `--case` takes. */
export const cases = {
  photos: { job: 'save', album: rescue },
  small: { job: 'save', album: { ...rescue, photos: 10_000, photoBytes: 8000 } },
  latency: { job: 'save', album: { ...rescue, latency: 80, atOnce: 8 } },
  large: { job: 'save', album: { ...rescue, photos: 40, photoBytes: 40_000_000 } },
  again: { job: 'save again', album: rescue },
  help: { job: 'help' },
} as const satisfies Record<string, BenchCase>;

export type CaseName = keyof typeof cases;

/** The same cases with tiny albums, which only show whether the benchmark works. */
export const quickCases: Readonly<Record<CaseName, BenchCase>> = {
  photos: { job: 'save', album: fewPhotos },
  small: { job: 'save', album: { ...fewPhotos, photoBytes: 2000 } },
  latency: { job: 'save', album: { ...fewPhotos, latency: 10, atOnce: 8 } },
  large: { job: 'save', album: { ...fewPhotos, photos: 3, photoBytes: 2_000_000 } },
  again: { job: 'save again', album: fewPhotos },
  help: { job: 'help' },
};

/** A case in a few words, as a heading. */
export function caseTitle({ job, album }: BenchCase): string {
  if (album === undefined) return 'the help text';
  const { photos, photoBytes, latency } = album;
  const again = job === 'save again' ? 'second run over ' : '';
  const slow = latency > 0 ? `, ${latency} ms before every answer` : '';
  return `${again}${shown(photos)} photos of ${size(photoBytes)}${slow}`;
}

function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${shown(bytes / 1_000_000)} MB` : `${shown(bytes / 1000)} KB`;
}

/** Seconds that latency alone takes, without pages and with no time for bytes. */
export function latencyFloor({ photos, latency, atOnce }: AlbumSize): number {
  return ((photos / atOnce) * latency) / 1000;
}
