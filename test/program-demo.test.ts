import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startReplica } from '../src/replica/server.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { runProgram } from './helpers/run-program.js';
import { savedDemo } from './helpers/saved-demo.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

const demo = ['demo', '--photos', '3'];
const demosAlbum = "There is no album in ./storage; this is the demo's, in ./storage/demo.\n";

const withDemo = savedDemo(3, 'demo');

/** Runs a command that is expected to go well, and returns what it printed. */
async function succeed(words: string[], cwd: string, env: Record<string, string> = {}) {
  const { code, out, err } = await runProgram(words, { cwd, env });
  expect({ words, code, err }).toEqual({ words, code: 0, err });
  return { out, err };
}

/** Every file of a folder with its bytes, but for what SQLite makes for whoever reads. */
function contentsOf(folder: string): [name: string, bytes: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/-(?:shm|wal)$/.test(file.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, 'base64')]);
}

describe('the demo never stands in the way', () => {
  test('one’s own album is saved after it, and is then the one that commands take', async () => {
    await withProgramReplica({ photos: 5 }, async (replica, cwd) => {
      await succeed(demo, cwd);
      expect(readdirSync(join(cwd, 'storage'))).toEqual(['demo']);
      await succeed([], cwd);

      const own = await succeed(['export', '--format', 'ids'], cwd);
      expect(own.err).toBe('');
      expect(JSON.parse(own.out)).toEqual(replica.photos().map(({ id }) => id));
      expect((await succeed(['status', '--json'], cwd)).out).toContain(replica.url);
      expect((await succeed(['verify'], cwd)).err).toMatch(/^5 files checked/);
      expect((await succeed(['report'], cwd)).err).toContain('storage/report.html');

      const again = await succeed(demo, cwd);
      expect(again.err).toContain('saved 0 · already had 3 · failed 0 · listed 3');
      expect((await succeed([], cwd)).err).toContain('already had 5');
    });
  });

  test('without an own album, commands take the demo’s and say so on standard error', async () => {
    await withDemo(async (cwd) => {
      for (const [words, said] of [
        [['export', '--format', 'ids'], ''],
        [['export', '--format', 'csv', '--out', 'album.csv'], '3 photos written to album.csv'],
        [['status', '--json'], ''],
        [['verify'], '3 files checked'],
        [['report'], 'storage/demo/report.html'],
      ] as const) {
        const { err } = await succeed([...words], cwd);
        expect(err.startsWith(demosAlbum)).toBe(true);
        expect(err).toContain(said);
      }
      const { out } = await succeed(['status', '--json'], cwd);
      expect(JSON.parse(out).counts.saved).toBe(3);
    });
  });

  test('a folder that is set wins: nothing is taken in its place', async () => {
    await withDemo(async (cwd) => {
      const env = { CRAWLEE_STORAGE_DIR: 'elsewhere' };
      for (const [words, setting] of [
        [['status'], env],
        [['status', '--storage', './storage'], {}],
      ] as const) {
        const { code, err } = await runProgram(words, { cwd, env: setting });
        expect(code).toBe(2);
        expect(err).toContain('There is no album in');
      }
      await succeed(demo, cwd, env);
      expect((await succeed(['status'], cwd, env)).err).toBe('');
      expect(existsSync(join(cwd, 'elsewhere', 'gallery', 'index.html'))).toBe(true);
    });
  });

  test('a demo that an earlier version saved to ./storage stays there, and is read from there', async () => {
    await withTemporaryFolder(async (cwd) => {
      await succeed(['demo', '--photos', '2', '--storage', './storage'], cwd);
      await succeed(demo, cwd);
      const { out, err } = await succeed(['status', '--json'], cwd);
      expect(err).toBe('');
      expect(JSON.parse(out).counts.saved).toBe(2);
      const inDemo = await succeed(['status', '--json', '--storage', './storage/demo'], cwd);
      expect(JSON.parse(inDemo.out).counts.saved).toBe(3);
    });
  });

  test('its damage is not fetched anew without its site; it is said how to save it anew', async () => {
    await withDemo(async (cwd) => {
      const originals = join(cwd, 'storage', 'demo', 'key_value_stores', 'photos');
      rmSync(join(originals, readdirSync(originals)[0] ?? ''));

      const damaged = await runProgram(['verify'], { cwd });
      expect(damaged.code).toBe(3);
      expect(damaged.out).toMatch(/^missing: /);
      const repair = await runProgram(['verify', '--repair'], { cwd });
      expect(repair.code).toBe(2);
      for (const { err } of [damaged, repair]) {
        expect(err).toContain('remove the folder ./storage/demo and run: npm run demo');
      }
      rmSync(join(cwd, 'storage', 'demo'), { recursive: true });
      await succeed(demo, cwd);
      await succeed(['verify'], cwd);
    });
  });
});

describe('a second album in a folder that holds one is refused, with the command to run', () => {
  /** Runs the command that a refusal names; a shell takes it apart. */
  async function runNamedCommand(err: string, cwd: string, env: Record<string, string>) {
    const [, command = ''] = /^ {2}(npm .*)$/m.exec(err) ?? [];
    const script = 'for word in "$@"; do printf "%s\\0" "$word"; done';
    const words = command.replace(/^npm start -- /, '');
    const parts = execFileSync('sh', ['-c', `set -- ${words}; ${script}`], { encoding: 'utf8' });
    return succeed(parts.split('\0').slice(0, -1), cwd, env);
  }

  test('and the folder stays as it is', async () => {
    const other = await startReplica({
      photos: 4,
      photoBytes: 4000,
      username: 'other@example.com',
    });
    try {
      await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
        await succeed([], cwd);
        const before = contentsOf(join(cwd, 'storage'));
        const env = { ALBUM_USERNAME: 'other@example.com', ALBUM_PASSWORD: other.password };
        const words = ['--url', `${other.url}`, '--storage=./storage', '--verbose'];
        const asked = other.requests.length;

        const refused = await runProgram(words, { cwd, env });
        expect(refused.code).toBe(2);
        expect(refused.err).toContain('belongs to another album');
        expect(refused.err).toContain(
          `\n  npm start -- --url ${other.url} --verbose --storage ./storage/127.0.0.1\n`,
        );
        expect(other.requests).toHaveLength(asked);
        expect(contentsOf(join(cwd, 'storage'))).toEqual(before);

        const { err } = await runNamedCommand(refused.err, cwd, env);
        expect(err).toContain('saved 4 · already had 0 · failed 0 · listed 4');
        // The folder that holds the album is named again.
        expect((await runProgram(words, { cwd, env })).err).toContain(' ./storage/127.0.0.1\n');
        expect((await succeed([], cwd)).err).toContain('already had 3');
      });
    } finally {
      await other.close();
    }
  });

  test('a folder of the name that belongs to something else is passed over', async () => {
    await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
      await succeed([], cwd);
      mkdirSync(join(cwd, 'storage', 'club'));
      const kodakPulse = new URL('../profiles/kodak-pulse.yaml', import.meta.url);
      const yaml = readFileSync(kodakPulse, 'utf8').replace(/^name: .*/m, 'name: club');
      writeFileSync(join(cwd, 'my club.yaml'), yaml);
      // The address is the profile's own, so that the folder is called what the profile is.
      const env = { ALBUM_URL: '' };
      writeFileSync(join(cwd, '.env'), 'ALBUM_USERNAME=anna\nALBUM_PASSWORD=x\n');

      const { code, err } = await runProgram(['--profile', './my club.yaml'], { cwd, env });
      expect(code).toBe(2);
      expect(err).toContain(
        "\n  npm start -- --profile './my club.yaml' --storage ./storage/club-2\n",
      );
    });
  });

  test('the demo in the folder of one’s own album is refused likewise', async () => {
    await withProgramReplica({ photos: 3 }, async (_replica, cwd) => {
      await succeed([], cwd);
      const refused = await runProgram([...demo, '--storage', 'storage'], { cwd });
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('\n  npm run demo -- --photos 3 --storage storage/demo\n');
    });
  });
});
