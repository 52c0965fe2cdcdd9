import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parse } from 'dotenv';

const dist = new URL('../dist/', import.meta.url);
const main = fileURLToPath(new URL('main.js', dist));
const keepScripts = new URL('keep-scripts.js', import.meta.url).href;

/**
 * Has V8 compile what a crawl runs, and keep the code beside the scripts in dist: saves a small album of
 * the replica, twice. And, in a file of its own, the small part of it that the help text needs.
 *
 * @throws if the replica cannot be started, the album not be saved or the help text not be shown
 */
export async function keepCode() {
  const folder = await mkdtemp(join(tmpdir(), 'photo-escape-build-'));
  const start = (words, settings) =>
    spawn(process.execPath, words, {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...settings },
    });
  const run = async (name, words, settings) => {
    const program = start(['--import', keepScripts, main, ...words], settings);
    const [output, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    if (code !== 0) throw new Error(`the ${name} of the build ended with ${code}: ${output}`);
  };
  const replica = start([main, 'replica', '--photos', '30', '--port', '0'], {});
  try {
    await run('help text', ['--help'], {});
    await rename(new URL('program.cache', dist), new URL('help.cache', dist));
    const settings = await settingsOf(replica.stdout);
    await run('first crawl', ['crawl'], settings);
    await run('second crawl', ['crawl'], settings);
  } finally {
    replica.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The settings that the replica prints when it listens. */
async function settingsOf(output) {
  let lines = '';
  for await (const line of createInterface(output)) {
    lines += `${line}\n`;
    if (line.startsWith('ALBUM_PROFILE=')) return parse(lines);
  }
  throw new Error('the replica of the build ended before it listened');
}
