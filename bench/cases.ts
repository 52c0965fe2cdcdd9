import { homeLine, type Line, lineSeconds } from './line/line.js';
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
  /** The line to the replica; missing where there is none but loopback. */
  line?: Line;
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
  line: { job: 'save', album: { ...rescue, photoBytes: 125_000, atOnce: 8, line: homeLine } },
  photos: { job: 'save', album: rescue },
  small: { job: 'save', album: { ...rescue, photos: 10_000, photoBytes: 8000 } },
  latency: { job: 'save', album: { ...rescue, latency: 80, atOnce: 8 } },
  large: { job: 'save', album: { ...rescue, photos: 40, photoBytes: 40_000_000 } },
  again: { job: 'save again', album: rescue },
  one: { job: 'save', album: { ...rescue, photos: 1 } },
  help: { job: 'help' },
} as const satisfies Record<string, BenchCase>;

export type CaseName = keyof typeof cases;

/** The same cases with tiny albums, which only show whether the benchmark works. */
export const quickCases: Readonly<Record<CaseName, BenchCase>> = {
  line: { job: 'save', album: { ...fewPhotos, photoBytes: 125_000, atOnce: 8, line: homeLine } },
  photos: { job: 'save', album: fewPhotos },
  small: { job: 'save', album: { ...fewPhotos, photoBytes: 2000 } },
  latency: { job: 'save', album: { ...fewPhotos, latency: 10, atOnce: 8 } },
  large: { job: 'save', album: { ...fewPhotos, photos: 3, photoBytes: 2_000_000 } },
  again: { job: 'save again', album: fewPhotos },
  one: { job: 'save', album: { ...fewPhotos, photos: 1 } },
  help: { job: 'help' },
};

/** A case in a few words, as a heading. */
export function caseTitle({ job, album }: BenchCase): string {
  if (album === undefined) return 'the help text';
  const { photos, photoBytes, latency, line } = album;
  const again = job === 'save again' ? 'second run over ' : '';
  const count = photos === 1 ? 'one photo' : `${shown(photos)} photos`;
  const slow = latency > 0 ? `, ${latency} ms before every answer` : '';
  return `${again}${count} of ${size(photoBytes)}${slow}${line ? over(line) : ''}`;
}

function over({ roundTrip, bitsPerSecond }: Line): string {
  return ` over a line of ${shown(bitsPerSecond / 1e6)} Mbit/s and ${shown(roundTrip)} ms`;
}

function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${shown(bytes / 1_000_000)} MB` : `${shown(bytes / 1000)} KB`;
}

/** Seconds that latency alone takes, without pages and with no time for bytes. */
export function latencyFloor({ photos, latency, atOnce }: AlbumSize): number {
  return ((photos / atOnce) * latency) / 1000;
}

/** Seconds that the line needs for the originals alone; undefined without a line. */
export function lineFloor({ photos, photoBytes, line }: AlbumSize): number | undefined {
  return line && lineSeconds(photos * photoBytes, line);
}
