import { join } from 'node:path';
import { Album } from '../album/album.js';
import { albumCounts } from '../album/counts.js';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, UsageError } from '../errors.js';
import { exporters } from '../exports/exporters.js';
import { loadProfile } from '../profile/load.js';
import { escapeAlbum, otherAlbum } from '../rescue/escape-album.js';
import { resolveSettings, type SettingSources } from '../settings/settings.js';
import { StorageFolder } from '../storage/storage-folder.js';
import { writeFolder } from './export-command.js';
import { say, type Terminal } from './terminal.js';

/** The port of the demo that this folder began with, so that a second run finds the same album. */
async function portOfBefore(storage: string, username: string): Promise<number> {
  if (!StorageFolder.exists(storage)) return 0;
  const folder = StorageFolder.openForReading(storage);
  try {
    const identity = new Album(folder).identity();
    if (identity === undefined || identity.username !== username) return 0;
    const { hostname, port } = new URL(identity.url);
    return hostname === '127.0.0.1' ? Number(port) : 0;
  } finally {
    folder.close();
  }
}

/**
 * The main job on the embedded replica of Kodak Pulse: starts it, saves its album, makes a gallery of
 * it in the storage folder, stops it.
 *
 * @param photos how many photos the album holds
 * @throws UsageError where the storage folder belongs to another album
 */
export async function demo(
  sources: SettingSources,
  photos: number,
  verbose: boolean,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, [
    'concurrency',
    'maxPerMinute',
    'userAgent',
    'thumbnails',
    'storage',
  ]);
  if (problems.length > 0) throw new UsageError(problems);
  const { storage } = settings;
  const username = 'demo@example.com';
  const port = await portOfBefore(storage, username);
  const { startReplica } = await import('../replica/server.js');
  const replica = await startReplica({ photos, username, port, log: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError([
        `The demo in ${storage} was at port ${port}, which another program uses now. Choose another folder with --storage`,
      ]);
    },
  );
  try {
    const profile = loadProfile('kodak-pulse');
    const identity = { profile: profile.name, url: replica.url, username };
    const others = await otherAlbum(storage, identity);
    if (others.length > 0) throw new UsageError(others);
    say(terminal, `A replica of Kodak Pulse with ${photos} photos runs at ${replica.url}`);
    const credentials = { username, password: replica.password };
    const conclude = async (album: Album) => {
      const exported = {
        identity,
        entries: album.entries(),
        counts: albumCounts(album).counts,
        exportedAt: new Date().toISOString(),
      };
      const order = { storage, out: join(storage, 'gallery') };
      await writeFolder(exported, exporters.gallery.exporter, order, terminal, control);
    };
    return await escapeAlbum(
      { profile, identity, credentials, verbose, conclude, ...settings },
      terminal,
      control,
    );
  } finally {
    await replica.close();
  }
}
