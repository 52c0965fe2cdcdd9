import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Ending } from '../../src/errors.js';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import { startReplica } from '../../src/replica/server.js';
import { type Tap, withTap } from '../helpers/eavesdrop.js';
import { withRescue } from '../helpers/escape-replica.js';
import { startProgram } from '../helpers/program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { waitUntil } from '../helpers/wait-until.js';

/** A password that looks different wherever it is encoded. */
const password = 'Gänse+füßchen & 100% "geheim"';

/** The forms in which a text may stand in a file or a line. */
function spellings(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'latin1'),
    Buffer.from(JSON.stringify(text).slice(1, -1)),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(new URLSearchParams({ text }).toString().slice(5)),
    Buffer.from(bytes.toString('base64').replace(/=*$/, '')),
    Buffer.from(bytes.toString('hex')),
  ];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** The values of the session cookies that the site has given out. */
function cookiesIn(answers: string): string[] {
  return [...answers.matchAll(/\.ASPXAUTH=([0-9A-F]{64})/g)].map(([, value = '']) => value);
}

/** Shows that no secret stands in a file below the folder, or in what was printed. */
function expectNoSecrets(folder: string, printed: string, tap: Tap): void {
  const secrets = [password, ...cookiesIn(tap.answered)].flatMap(spellings);
  const places = [
    ...filesBelow(folder).map((path) => ({ where: path, bytes: readFileSync(path) })),
    { where: 'the output', bytes: Buffer.from(printed) },
  ];
  const found = places.filter(({ bytes }) => secrets.some((secret) => bytes.includes(secret)));
  expect(found.map(({ where }) => where)).toEqual([]);
}

const album = { photos: 14, pageSize: 5, photoBytes: 4000, password };

test('the whole program, at its most verbose, leaves the password and the cookie nowhere', async () => {
  const ofOriginals: Record<number, Fault> = {
    5: { kind: 'reset' },
    6: { kind: 'body', body: '<html>' },
  };
  const ofPages: Record<number, Fault> = {
    2: { kind: 'signed-out', by: 'redirect' },
    3: { kind: 'status', status: 500 },
  };
  const fault: FaultHook = ({ kind, photoIndex = 0, page = 0, signedIn, attempt }) => {
    if (kind === 'original' && photoIndex === 3) return { kind: 'status', status: 404 };
    if (attempt > 1) return undefined;
    return kind === 'original' ? ofOriginals[photoIndex] : signedIn ? ofPages[page] : undefined;
  };
  const replica = await startReplica({ ...album, fault });
  try {
    await withTap(replica.url, (tap) =>
      withTemporaryFolder(async (cwd) => {
        const env = {
          ALBUM_URL: tap.url,
          ALBUM_USERNAME: replica.username,
          ALBUM_PASSWORD: password,
        };
        const { code, out, err } = await startProgram(['--verbose'], { cwd, env }).ended;
        expect(code).toBe(3);
        expect(err).toContain('crawlee ');
        // There were secrets to find: a sign-in, and another one after the session's end.
        expect(cookiesIn(tap.answered)).toHaveLength(2);
        expect(tap.sent).toContain(new URLSearchParams({ password }).toString());
        expectNoSecrets(cwd, out + err, tap);
      }),
    );
  } finally {
    await replica.close();
  }
});

test('a program that is killed in mid-run has left them nowhere either', async () => {
  const fault: FaultHook = ({ kind, photoIndex }) =>
    kind === 'original' && photoIndex === 9 ? { kind: 'stall', afterBytes: 2000 } : undefined;
  const replica = await startReplica({ ...album, fault });
  try {
    await withTap(replica.url, (tap) =>
      withTemporaryFolder(async (cwd) => {
        const env = { ALBUM_URL: tap.url, ALBUM_USERNAME: replica.username };
        const words = ['--verbose', '--password-stdin'];
        const run = startProgram(words, { cwd, env, input: `${password}\n` });
        await waitUntil(() => replica.stalled > 0);
        const { pid } = run.process;
        for (const name of ['cmdline', 'environ']) {
          const told = readFileSync(`/proc/${pid}/${name}`);
          expect(spellings(password).some((secret) => told.includes(secret))).toBe(false);
        }
        run.process.kill('SIGKILL');
        const { out, err } = await run.ended;
        expect(cookiesIn(tap.answered)).toHaveLength(1);
        expectNoSecrets(cwd, out + err, tap);
      }),
    );
  } finally {
    await replica.close();
  }
});

async function expectKept(fault: FaultHook, expected: Ending): Promise<void> {
  await withRescue({ ...album, fault }, ({ run, replica, storage }) =>
    withTap(replica.url, async (tap) => {
      const identity = { profile: 'kodak-pulse', url: tap.url, username: replica.username };
      const { ending, lines } = await run({ identity, verbose: true });
      expect(ending).toBe(expected);
      expectNoSecrets(storage, lines.join('\n'), tap);
    }),
  );
}

describe('nor does a run that ends', () => {
  test.each<[string, FaultHook, Ending]>([
    [
      'because the sign-in is refused',
      ({ method }) => (method === 'POST' ? { kind: 'refuse-sign-in', by: 'error' } : undefined),
      'signIn',
    ],
    [
      'because the form would send the password elsewhere',
      ({ kind }) =>
        kind === 'sign-in' ? { kind: 'form-action', action: 'http://127.0.0.1:1/' } : undefined,
      'signIn',
    ],
    [
      'because the sign-in breaks off',
      ({ method }) => (method === 'POST' ? { kind: 'reset' } : undefined),
      'later',
    ],
    [
      'because the sign-in meets an error of the server',
      ({ method }) => (method === 'POST' ? { kind: 'status', status: 500 } : undefined),
      'later',
    ],
    [
      'because the site ends every session',
      ({ kind, page }) =>
        kind === 'page' && page === 2 ? { kind: 'signed-out', by: 'form' } : undefined,
      'signIn',
    ],
    [
      'because pages break off',
      ({ kind, page }) => (kind === 'page' && page === 2 ? { kind: 'reset' } : undefined),
      'later',
    ],
    [
      'because every original fails',
      ({ kind }) => (kind === 'original' ? { kind: 'reset' } : undefined),
      'later',
    ],
  ])('%s', (_why, fault, expected) => expectKept(fault, expected));

  // The site's reason is printed, whatever stands in it.
  test('because the site sends the password back as its reason', () => {
    const form = '<form><input name="username"><input name="password"></form>';
    const body = `${form}<p class="error">No user has the password ${password}.</p>`;
    return expectKept(
      ({ method }) => (method === 'POST' ? { kind: 'body', body } : undefined),
      'signIn',
    );
  });
});

test('what stands in the storage folder is readable by its owner alone', async () => {
  await withRescue({ photos: 3 }, async ({ run, storage }) => {
    await run();
    expect(statSync(storage).mode & 0o777).toBe(0o700);
  });
});
