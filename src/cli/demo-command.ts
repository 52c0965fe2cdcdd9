import { join } from 'node:path';
import { albumCounts } from '../album/counts.js';
import { listDoubts } from '../album/list-doubts.js';
import { type Ending, UsageError } from '../errors.js';
import { exporters } from '../exports/exporters.js';
import { loadProfile } from '../profile/load.js';
import { escapeAlbum } from '../rescue/escape-album.js';
import { readSavedAlbum, savedIdentity } from '../rescue/saved-album.js';
import { requireSettings } from '../settings/settings.js';
import { demoStorage, settingsOf } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import { writeFolder } from './export-command.js';
import { sayEscaped, showEscape } from './save-album.js';
import { refusalOf } from './storage-choice.js';
import { say } from './terminal.js';

const username = 'demo@example.com';

/** The port of the demo album in this folder, so that the album has the same address again; or 0. */
async function portOfSavedDemo(storage: string): Promise<number> {
  const identity = await savedIdentity(storage);
  if (identity?.username !== username) return 0;
  const { hostname, port } = new URL(identity.url);
  return hostname === '127.0.0.1' ? Number(port) : 0;
}

async function startDemoSite(storage: string, photos: number) {
  const port = await portOfSavedDemo(storage);
  const { startReplica } = await import('../replica/server.js');
  return startReplica({ photos, username, port, log: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError([
        `The demo in ${storage} needs port ${port}, which another program uses now. Use another folder: npm run demo -- --storage ./storage/demo-2`,
      ]);
    },
  );
}

/**
 * The main job on the embedded replica of Kodak Pulse: starts the replica, saves its album, makes a
 * gallery in the storage folder, and stops the replica.
 *
 * @param photos how many photos the replica's album has
 * @param verbose whether Crawlee's own log is shown
 * @throws UsageError where the storage folder belongs to another album
 */
export async function demo(call: CommandCall, photos: number, verbose: boolean): Promise<Ending> {
  const { terminal, control } = call;
  const settings = requireSettings(call.sources, settingsOf.demo);
  const { storage = demoStorage } = settings;
  const replica = await startDemoSite(storage, photos);
  try {
    const profile = loadProfile('kodak-pulse');
    const identity = { profile: profile.name, url: replica.url, username };
    const refusal = await refusalOf(storage, identity, 'demo', call);
    if (refusal.length > 0) throw new UsageError(refusal);
    say(terminal, `A replica of Kodak Pulse with ${photos} photos runs at ${replica.url}`);
    const credentials = { username, password: replica.password };
    const timing = { idleTimeout: settings.timeout * 1000 };
    const order = { ...settings, profile, identity, credentials, storage, timing };
    const escaped = await escapeAlbum(order, showEscape(order, terminal, verbose), control);
    if (escaped.cause === undefined) {
      const exportedAt = new Date().toISOString();
      const saved = await readSavedAlbum(storage, async (album) => ({
        entries: [...album.entries()],
        counts: albumCounts(album).counts,
        doubts: listDoubts(album.lastRun()),
      }));
      const folder = { storage, out: join(storage, 'gallery') };
      const album = { identity, exportedAt, ...saved };
      await writeFolder(album, exporters.gallery.exporter, folder, terminal, control);
    }
    sayEscaped(terminal, escaped);
    return escaped.ending;
  } finally {
    await replica.close();
  }
}
