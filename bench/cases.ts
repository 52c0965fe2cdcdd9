import { shown } from './table.js';

/** What a contender is made to do: save an album, do so again when all is saved, or show its help. */
export type Job = 'save' | 'save again' | 'help';

/** The album that the replica holds, and how it answers. */
export interface AlbumSize {
  photos: number;
  /** Size of every original in bytes. */
  photoBytes: number;
  /** Milliseconds before every answer. */
  latency: number;
  /** Downloads at once, for every contender that can be told. */
  atOnce: number;
}

/** One thing that is measured. */
export interface BenchCase {
  job: Job;
  /** Absent where the job needs no album. */
  album?: AlbumSize;
}

const rescue: AlbumSize = { photos: 1374, photoBytes: 180_000, latency: 0, atOnce: 16 };
const fewPhotos: AlbumSize = { photos: 60, photoBytes: 8000, latency: 0, atOnce: 16 };

/** What is measured, by the name that `--case` takes. */
export const cases = {
  photos: { job: 'save', album: rescue },
  small: { job: 'save', album: { ...rescue, photos: 10_000, photoBytes: 8000 } },
  latency: { job: 'save', album: { ...rescue, latency: 80, atOnce: 8 } },
  large: { job: 'save', album: { ...rescue, photos: 40, photoBytes: 40_000_000 } },
  again: { job: 'save again', album: rescue },
  help: { job: 'help' },
} as const satisfies Record<string, BenchCase>;

export type CaseName = keyof typeof cases;

/** The same with albums so small that they show only whether the measurement works. */
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

/** Seconds that latency alone takes: as if there were no pages and bytes took no time. */
export function latencyFloor({ photos, latency, atOnce }: AlbumSize): number {
  return ((photos / atOnce) * latency) / 1000;
}
