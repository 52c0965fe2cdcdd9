import { readFileSync, realpathSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { hasProcFiles } from './process-tree.js';
import { shown } from './table.js';

/** Load average below which the machine counts as idle. */
const restingLoad = 0.5;

/** The machine that the figures were measured on. */
export interface Machine {
  processor: string;
  cores: number;
  /** Memory in GB of 1,000,000,000 bytes. */
  memoryGigabytes: number;
  /** The operating system and its release. */
  system: string;
  /** The load average of the last minute; 0 on Windows. */
  load: number;
  /** The file system of the temporary folder; undefined where it is unknown. */
  fileSystem?: string;
  versions: { 'photo-escape': string; Crawlee: string; 'Node.js': string };
}

/** Describes this machine. */
export function machine(): Machine {
  const fileSystem = hasProcFiles ? fileSystemOf(realpathSync(tmpdir())) : undefined;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${type()} ${release()}`,
    load: loadavg()[0] ?? 0,
    ...(fileSystem !== undefined && { fileSystem }),
    versions: {
      'photo-escape': packageVersion('../../package.json'),
      Crawlee: packageVersion('../../node_modules/@crawlee/cheerio/package.json'),
      'Node.js': process.versions.node,
    },
  };
}

/** The machine in one line. */
export function machineLine({
  processor,
  cores,
  memoryGigabytes,
  system,
  fileSystem,
}: Machine): string {
  const disk = fileSystem ?? 'a file system that this system does not tell';
  return `${cores} cores (${processor}), ${memoryGigabytes} GB, ${system}, temporary folders on ${disk}`;
}

/** A warning that other programs use this machine; undefined if it was idle. */
export function loadWarning({ load }: Machine): string | undefined {
  if (load < restingLoad) return undefined;
  return `This machine is busy (load ${shown(load)}): the figures will be too high, and differ from run to run.`;
}

function packageVersion(path: string): string {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;
}

/** The file system of a folder: that of the longest mount point above it. */
function fileSystemOf(folder: string): string | undefined {
  return readFileSync('/proc/self/mounts', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, point = '']) => point === '/' || folder === point || folder.startsWith(`${point}/`))
    .sort(([, one = ''], [, other = '']) => one.length - other.length)
    .at(-1)?.[2];
}
