import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { loadProfile } from '../../src/profile/load.js';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import { type Rescue, withRescue } from '../helpers/escape-replica.js';
import { withOtherHost } from '../helpers/other-host.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';

const kodakPulse = loadProfile('kodak-pulse');
/** A profile that takes the id as it stands, whatever it is. */
const takingAnyId = {
  ...kodakPulse,
  item: { ...kodakPulse.item, id: { attribute: 'id', filters: [] } },
};
const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
  .png()
  .toBuffer();

const onPage =
  (number: number, fault: Fault): FaultHook =>
  ({ kind, page, signedIn }) =>
    kind === 'page' && page === number && signedIn ? fault : undefined;

/** Names that Windows keeps for devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** What a terminal acts on: control characters other than the line's end, and turned writing. */
const acting = /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u;

/** Shows that the run wrote its storage folder and nothing else. */
function expectNothingOutside(storage: string): void {
  expect(readdirSync(dirname(storage))).toEqual(['storage']);
  expect(readdirSync(storage).sort()).toEqual(expect.not.arrayContaining(['..']));
}

async function expectAlbumWhole({ storage, replica }: Rescue): Promise<void> {
  const { saved, served } = await comparison(storage, replica);
  expect(saved).toEqual(expect.arrayContaining(served));
}

const hostileIds = [
  '../../../escaped',
  '..',
  '.',
  '/etc/passwd',
  '..\\..\\escaped',
  'C:\\Windows\\escaped',
  'C:escaped',
  'nul\0l',
  'nul.txt',
  'a:stream',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '$(touch escaped)',
  '`touch escaped`',
  '%2e%2e%2fescaped',
  'picture\x1b]0;owned\x07\x1b[2J',
  '\u202egpj.exe',
  '\ud800',
  '__proto__',
  'constructor',
  'a'.repeat(1_000_000),
  'ä/'.repeat(500),
  '📷'.repeat(300),
];

/** Saves an album with items on its second page whose originals another host serves. */
function saveBeside(
  ids: readonly string[],
  version: string,
  work: (rescue: Rescue, all: number) => Promise<void>,
): Promise<void> {
  return withOtherHost(
    async (response) => response.end(await picture),
    (images) => {
      const items = ids.map((id, index) => ({
        id,
        source: `${images}/cloudfront/26~t~${index}~${version}.png`,
      }));
      const fault = onPage(2, { kind: 'extra-items', items });
      return withRescue({ photos: 9, pageSize: 5, fault }, (rescue) =>
        work(rescue, 9 + ids.length),
      );
    },
  );
}

async function recordedFiles(storage: string): Promise<string[]> {
  return (await savedAlbum(storage)).map(({ file }) => basename(String(file))).sort();
}

describe('ids that a page makes up', () => {
  test('name files that stand where all originals stand, and each photo is kept', async () => {
    await saveBeside(hostileIds, '1', async ({ run, storage }, all) => {
      const { ending, lines } = await run({ profile: takingAnyId });

      expect(lines.at(-1)).toBe(`saved ${all} · already had 0 · failed 0 · listed ${all}`);
      expect(ending).toBe('complete');
      expectNothingOutside(storage);
      const files = await originalFiles(storage);
      expect(files).toHaveLength(all);
      for (const file of files) expect(file).toMatch(/^[a-z0-9._-]{1,220}$/);
      expect(lines.join('\n')).not.toMatch(acting);
      expect(await recordedFiles(storage)).toEqual(files.sort());
    });
  });

  test('are recorded with the file that stands on disk, however long id and version are', async () => {
    await saveBeside(['a'.repeat(90)], '1'.repeat(90), async ({ run, storage }) => {
      expect((await run({ profile: takingAnyId })).ending).toBe('complete');
      const files = await originalFiles(storage);
      expect(await recordedFiles(storage)).toEqual(files.sort());
    });
  });

  test('do not name files for the devices of Windows', async () => {
    await saveBeside(['CON', 'con', 'COM1', 'nul', 'lpt9'], '1', async ({ run, storage }, all) => {
      expect((await run({ profile: takingAnyId })).ending).toBe('complete');
      const files = await originalFiles(storage);
      expect(files).toHaveLength(all);
      for (const file of files) expect(file.split('.')[0]).not.toMatch(device);
      expect(await recordedFiles(storage)).toEqual(files.sort());
    });
  });

  test('are named without harm to the terminal where they cannot be saved', async () => {
    const items = hostileIds.map((id, index) => ({
      id,
      source: `http://localhost:1/cloudfront/26~t~${index}~1.png`,
    }));
    const replica = { photos: 9, pageSize: 5, fault: onPage(2, { kind: 'extra-items', items }) };
    await withRescue(replica, async (rescue) => {
      const { lines } = await rescue.run({ profile: takingAnyId, verbose: true });

      expect(lines.join('\n')).not.toMatch(acting);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(2000);
      expectNothingOutside(rescue.storage);
      expect(await originalFiles(rescue.storage)).toHaveLength(9);
    });
  });
});

describe('addresses that a page makes up', () => {
  const none = [
    'file:///etc/passwd?cloudfront~t~a~1.jpg',
    'data:image/png;base64,cloudfront~t~a~1.jpg',
    'javascript:alert("cloudfront~t~a~1.jpg")',
    'ftp://cloudfront.example/26~t~a~1.jpg',
    'http://[cloudfront/26~t~a~1.jpg',
    'http://cloudfront:99999/26~t~a~1.jpg',
    'cloudfront',
    'http://cloudfront.example/\x1b[2J\x07no-id.jpg',
    `http://cloudfront.example/${'x'.repeat(1_000_000)}`,
  ];

  test('are not asked for; each is counted and told, and the rest is saved', async () => {
    const items = none.map((source, index) => ({ source, id: `picture_${index}` }));
    const fault = onPage(2, { kind: 'extra-items', items });
    await withRescue({ photos: 9, pageSize: 5, fault }, async (rescue) => {
      const { ending, lines } = await rescue.run();

      expect(ending).toBe('incomplete');
      expect(lines.at(-1)).toBe('saved 9 · already had 0 · failed 0 · listed 9');
      const told = lines.filter((line) => line.startsWith('Not recognised: page 2, item '));
      expect(told).toHaveLength(none.length);
      expect(lines.join('\n')).not.toMatch(acting);
      expectNothingOutside(rescue.storage);
      await expectAlbumWhole(rescue);
      expect(await originalFiles(rescue.storage)).toHaveLength(9);
    });
  });

  test('that lead nowhere are failed, each with its reason', async () => {
    const items = [
      { source: 'http://nowhere.invalid/cloudfront/26~t~a~1.jpg', id: 'a' },
      { source: 'http://localhost:1/cloudfront/26~t~b~1.jpg', id: 'b' },
    ];
    const fault = onPage(2, { kind: 'extra-items', items });
    await withRescue({ photos: 9, pageSize: 5, fault }, async (rescue) => {
      const { ending, lines } = await rescue.run();
      expect(ending).not.toBe('complete');
      expect(lines.at(-1)).toBe('saved 9 · already had 0 · failed 2 · listed 11');
      expect(lines.join('\n')).toMatch(/Not saved: a .*: the server’s name /);
      expect(lines.join('\n')).toMatch(/Not saved: b .*: the server refuses connections/);
      await expectAlbumWhole(rescue);
    });
  });
});

describe('control characters do not reach the terminal', () => {
  test('from the text with which a sign-in is refused', async () => {
    const said =
      '<form><input name="password"></form><p class="error">\x1b[2J\x9b31mWrong\x07 \u202e</p>';
    const fault: FaultHook = ({ method }) =>
      method === 'POST' ? { kind: 'body', body: said } : undefined;
    await withRescue({ photos: 3, fault }, async ({ run }) => {
      const { ending, lines } = await run({ verbose: true });
      expect(ending).toBe('signIn');
      expect(lines.join('\n')).toContain('Wrong');
      expect(lines.join('\n')).not.toMatch(acting);
    });
  });
});

describe('pages without measure', () => {
  test('a page that does not end is given up after 32 MB, and taken again', async () => {
    const fault: FaultHook = ({ kind, page, signedIn, attempt }) =>
      kind === 'page' && page === 2 && signedIn && attempt === 1
        ? { kind: 'huge', bytes: 500 * 1024 * 1024 }
        : undefined;
    await withRescue({ photos: 12, pageSize: 5, fault }, async (rescue) => {
      expect((await rescue.run()).ending).toBe('complete');
      const huge = rescue.replica.requests.find((request) => request.fault === 'huge');
      expect(huge?.bytes).toBeLessThan(100 * 1024 * 1024);
      await expectAlbumWhole(rescue);
    });
  });

  test('pages without end are given up at the most that the profile allows', async () => {
    const fault: FaultHook = ({ kind, signedIn }) =>
      kind === 'page' && signedIn ? { kind: 'invented-photos' } : undefined;
    const listing = { ...kodakPulse.listing, mostPages: 4 };
    await withRescue({ photos: 3, pageSize: 3, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run({ profile: { ...kodakPulse, listing } });
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain('more than 4 pages');
      expect(Math.max(...replica.requests.map(({ page = 0 }) => page))).toBe(4);
    });
  });
});

describe('a page on which no photo is recognised is an error, and no end', () => {
  const album = { photos: 22, pageSize: 5 };

  test('where it shows none, although the next one does', async () => {
    const fault = onPage(2, { kind: 'no-photos' });
    await withRescue({ ...album, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines.join('\n')).toContain('Page 2 shows no photo, although page 3 does.');
      expect(lines.at(-1)).toBe('saved 17 · already had 0 · failed 0 · listed 17');
    });
  });

  test('where it showed none by mistake, the next walk finds what it hid', async () => {
    const fault: FaultHook = ({ kind, page, signedIn, attempt }) =>
      kind === 'page' && page === 2 && signedIn && attempt === 1
        ? { kind: 'no-photos' }
        : undefined;
    await withRescue({ ...album, fault }, async (rescue) => {
      expect((await rescue.run()).ending).toBe('complete');
      await expectAlbumWhole(rescue);
    });
  });

  test('where its items are not what the profile knows', async () => {
    const other = '<img id="picture_1" src="/new/1.jpg"><img id="picture_2" src="/new/2.jpg">';
    const fault = onPage(2, { kind: 'body', body: other });
    await withRescue({ ...album, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain('not one photo was recognised');
      expect(lines.join('\n')).toContain('2 items look like photos');
    });
  });

  // Pages without photos end a walk, but the pages before link to further ones.
  test.each<[string, FaultHook]>([
    [
      'where from page 2 on the site says that it is being worked on',
      ({ kind, page = 1, signedIn }) =>
        kind === 'page' && page > 1 && signedIn
          ? { kind: 'body', body: '<h1>We will be back soon.</h1>' }
          : undefined,
    ],
    [
      'where pages 2 and 3 show an empty table, although page 4 does not',
      ({ kind, page, signedIn }) =>
        kind === 'page' && (page === 2 || page === 3) && signedIn
          ? { kind: 'no-photos' }
          : undefined,
    ],
  ])('%s', async (_what, fault) => {
    await withRescue({ ...album, fault }, async ({ run }) => {
      expect((await run()).ending).not.toBe('complete');
    });
  });

  test('where every page says so', async () => {
    const fault: FaultHook = ({ kind, signedIn }) =>
      kind === 'page' && signedIn
        ? { kind: 'body', body: '<h1>We will be back soon.</h1>' }
        : undefined;
    await withRescue({ ...album, fault }, async ({ run }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('later');
      expect(lines.join('\n')).toContain('it is no page of the album');
    });
  });
});
