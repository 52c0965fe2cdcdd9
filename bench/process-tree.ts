import { readFileSync } from 'node:fs';

/** Whether this system describes its processes in /proc, as Linux does. */
export const hasProcFiles = process.platform === 'linux';

/** Clock ticks a second in /proc: 100 on every Linux, whatever the kernel's own rate. */
const ticksPerSecond = 100;

/**
 * The largest peak of resident memory (VmHWM, see proc(5)) so far among a process and the
 * descendants that main threads started, in bytes; 0 if it has ended.
 */
export function treePeakBytes(pid: number): number {
  const status = procFile(`/proc/${pid}/status`);
  const children = procFile(`/proc/${pid}/task/${pid}/children`);
  const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  const pids = children.split(' ').filter((child) => child !== '');
  return Math.max(own, ...pids.map((child) => treePeakBytes(Number(child))));
}

/** CPU seconds, user and system, of the descendants of this process that have ended. */
export function endedChildrenCpuSeconds(): number {
  const stat = procFile('/proc/self/stat');
  // The name in brackets may hold spaces. cutime and cstime are fields 16 and 17 of proc(5).
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15);
  return (Number(user) + Number(system)) / ticksPerSecond;
}

/** The text of a file in /proc; empty if its process has ended. */
function procFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
