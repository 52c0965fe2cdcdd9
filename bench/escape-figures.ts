import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportedPhoto } from '../src/exports/fields.js';
import { StorageFolder } from '../src/storage/storage-folder.js';
import { withTemporaryFolder } from '../test/helpers/temporary-folder.js';
import { type MeasuredRun, measuredRun } from './measured-run.js';
import { withSeparateReplica } from './separate-replica.js';

/** Size of every original in bytes: small, so that the work for a photo outweighs its bytes. */
const photoBytes = 4000;

/** A run, with the requests that the replica counted. */
interface SeenRun extends MeasuredRun {
  /** Requests for originals. */
  originals: number;
  /** Requests for listing pages. */
  pages: number;
  /** Seconds from the start of the process to its first request. */
  secondsToFirstRequest: number;
}

/** The cost of saving an album, and of a second run over it. */
export interface EscapeFigures {
  first: SeenRun;
  second: SeenRun;
  /** Photos a second in each tenth of the album, in the order in which they were saved. */
  tenths: number[];
  /** Milliseconds to open the storage for writing when everything is saved: the median of five. */
  openMilliseconds: number;
}

/** Saves a replica's album of so many photos with the real program, twice, and measures both runs. */
export function escapeFigures(photos: number): Promise<EscapeFigures> {
  return withSeparateReplica({ photos, photoBytes }, (replica) =>
    withTemporaryFolder(async (cwd) => {
      writeFileSync(join(cwd, '.env'), replica.envLines);
      const run = async (): Promise<SeenRun> => {
        const measured = await measuredRun([], cwd);
        const { firstRequestAt = Number.NaN, ...seen } = await replica.figures();
        const secondsToFirstRequest = (firstRequestAt - measured.startedAt) / 1000;
        return { ...measured, ...seen, secondsToFirstRequest };
      };
      const first = await run();
      const second = await run();
      await measuredRun(['export', '--format', 'json', '--out', 'album.json'], cwd);
      const album = JSON.parse(readFileSync(join(cwd, 'album.json'), 'utf8'));
      return {
        first,
        second,
        tenths: tenths(album.photos),
        openMilliseconds: openMilliseconds(join(cwd, 'storage')),
      };
    }),
  );
}

function tenths(photos: readonly ExportedPhoto[]): number[] {
  const times = photos.map(({ savedAt }) => Date.parse(String(savedAt))).sort((a, b) => a - b);
  const at = (share: number) => Math.round((times.length - 1) * share);
  return Array.from({ length: 10 }, (_, tenth) => {
    const [from, to] = [at(tenth / 10), at((tenth + 1) / 10)];
    return (to - from) / (((times[to] ?? 0) - (times[from] ?? 0)) / 1000);
  });
}

function openMilliseconds(storage: string): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    const opened = StorageFolder.open(storage);
    const taken = performance.now() - begun;
    opened.close();
    return taken;
  });
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
