// Makes the files of this folder: a database of schema version 1, as the program of that version
// leaves it when it is killed, and what that version exports of it. Run with the path of a built
// checkout of that version (commit 1c46d08): node make.mjs CHECKOUT
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const checkout = resolve(process.argv[2]);
const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), 'version-1-'));
const storage = join(work, 'storage');

let fault = () => undefined;
const { startReplica } = await import(pathToFileURL(join(checkout, 'dist/replica/server.js')).href);
const replica = await startReplica({
  photos: 10,
  photoBytes: 1500,
  pageSize: 4,
  fault: (request) => fault(request),
});
writeFileSync(join(work, '.env'), replica.envLines);

/** Runs the program to its end. The replica is in this process, so that it may not block. */
async function run(...words) {
  const program = spawn(process.execPath, [join(checkout, 'dist/main.js'), ...words], {
    cwd: work,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(program, 'exit');
}

/** What a command that reads the folder prints. */
function outputOf(...words) {
  const options = { cwd: work, encoding: 'utf8' };
  return spawnSync(process.execPath, [join(checkout, 'dist/main.js'), ...words], options).stdout;
}

const failing =
  (...ids) =>
  ({ kind, photoId }) =>
    kind === 'original' && ids.includes(photoId) ? { kind: 'status', status: 404 } : undefined;
const [failed, mended, departed, lost] = replica.photos().map(({ id }) => id);

fault = failing(failed, mended);
await run();
fault = failing(failed);
await run();
replica.removePhotos([departed, lost]);
await run();
const { photos } = JSON.parse(outputOf('export', '--format', 'json'));
rmSync(join(storage, photos.find(({ id }) => id === lost).file));
await run('verify', '--repair');

// Killed when the album is walked and all is saved but two photos that hang.
replica.addPhotos(6);
const alsoFailing = failing(failed);
fault = (request) =>
  request.kind === 'original' && [2, 3].includes(request.photoIndex)
    ? { kind: 'stall', afterBytes: 100 }
    : alsoFailing(request);
const program = spawn(process.execPath, [join(checkout, 'dist/main.js'), '--concurrency', '4'], {
  cwd: work,
  stdio: 'inherit',
});
for (let counts = {}; counts.listed !== 14 || counts.pending !== 2 || counts.failed !== 1; ) {
  await setTimeout(200);
  counts = JSON.parse(outputOf('status', '--json')).counts;
}
program.kill('SIGKILL');
await once(program, 'exit');

const Libsql = createRequire(join(checkout, 'package.json'))('libsql');
const database = new Libsql(join(storage, 'photo-escape.sqlite'));
database.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
database.close();
copyFileSync(join(storage, 'photo-escape.sqlite'), join(here, 'photo-escape.sqlite'));
for (const [name, words] of Object.entries({
  'status.json': ['status', '--json'],
  'export.json': ['export', '--format', 'json'],
})) {
  const json = JSON.parse(outputOf(...words));
  writeFileSync(join(here, name), `${JSON.stringify(json, null, 2)}\n`);
}
await replica.close();
rmSync(work, { recursive: true });
