import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from './temporary-folder.js';

function mount(folder: string, megabytes: number): boolean {
  return (
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0
  );
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
}

/** Whether this process may mount a disk of its own: as root, on Linux. */
export async function canMountDisks(): Promise<boolean> {
  return withTemporaryFolder((folder) => {
    const isMounted = mount(folder, 1);
    if (isMounted) unmount(folder);
    return isMounted;
  });
}

/** Runs the work with a disk of its own that holds so many megabytes. */
export async function withSmallDisk(
  megabytes: number,
  work: (disk: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    mount(disk, megabytes);
    try {
      await work(disk);
    } finally {
      unmount(disk);
    }
  });
}
