// Makes the database of this folder: one of schema version 2, as the program of that version leaves it
// when it is killed with a photo saved, one at its original and one at its own page. Run with the path
// of a built checkout of that version (commit e770ac0): node make.mjs CHECKOUT
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const checkout = resolve(process.argv[2]);
const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), 'version-2-'));
const storage = join(work, 'storage');
const Libsql = createRequire(join(checkout, 'package.json'))('libsql');
const sharp = createRequire(join(checkout, 'package.json'))('sharp');
const create = { width: 12, height: 8, channels: 3, background: 'red' };
const picture = await sharp({ create }).png().toBuffer();

// The original of 2 and the own page of 3 are never answered.
const answers = {
  '/': [1, 2, 3].map((id) => `<a id="${id}" href="/photo/${id}">.</a>`).join(''),
  '/photo/1': '<h1>Lake 1</h1><a class="download" href="/o/1.png">.</a>',
  '/photo/2': '<h1>Lake 2</h1><a class="download" href="/o/2.png">.</a>',
  '/o/1.png': picture,
};
const server = createServer(({ url }, response) => {
  const answer = answers[url];
  if (answer === undefined) return;
  const type = typeof answer === 'string' ? 'text/html' : 'image/png';
  response.setHeader('content-type', type).end(answer);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;

const words = ['--profile', join(here, 'profile.yaml'), '--url', url, '--storage', storage];
const program = spawn(process.execPath, [join(checkout, 'dist/main.js'), 'crawl', ...words], {
  cwd: work,
  stdio: 'inherit',
});
const path = join(storage, 'photo-escape.sqlite');
for (let pending = []; !(pending.includes('IMAGE 2') && pending.includes('DETAIL 3')); ) {
  await setTimeout(500);
  if (!existsSync(path)) continue;
  const database = new Libsql(path);
  const rows = database.prepare('SELECT unique_key FROM requests WHERE place IS NOT NULL').all();
  const isSaved = database.prepare('SELECT 1 FROM photos').get() !== undefined;
  pending = isSaved ? rows.map(({ unique_key: key }) => key) : [];
  database.close();
}
program.kill('SIGKILL');
await once(program, 'exit');
const database = new Libsql(path);
database.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
database.close();
copyFileSync(path, join(here, 'photo-escape.sqlite'));
server.closeAllConnections();
server.close();
rmSync(work, { recursive: true });
