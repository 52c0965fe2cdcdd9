import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlbumEntry } from '../../src/album/entries.js';
import type { Outcome } from '../../src/album/photo.js';
import { exportCsv } from '../../src/exports/csv.js';
import { exportedPhoto, exportFields } from '../../src/exports/fields.js';
import { exportIds } from '../../src/exports/ids.js';
import { exportJson } from '../../src/exports/json.js';
import { albumOf, awkwardEntries, exportedAt, identity, oneOfEach } from './album-export.js';

describe('ids', () => {
  test('the ids of the saved photos are a JSON array, in album order', async () => {
    expect(await text(exportIds(albumOf(oneOfEach)))).toBe(
      '[\n  "saved",\n  "left the album"\n]\n',
    );
  });

  test('an album of which nothing is saved is an empty array', async () => {
    const unsaved = oneOfEach.filter(({ status }) => status !== 'saved');
    expect(await text(exportIds(albumOf(unsaved)))).toBe('[]\n');
  });

  test('any ids come back from the text', () =>
    fc.assert(
      fc.asyncProperty(awkwardEntries, async (entries) => {
        const read = JSON.parse(await text(exportIds(albumOf(entries))));
        expect(read).toEqual(entries.map(({ photo }) => photo.id));
      }),
    ));
});

describe('JSON', () => {
  async function read(entries: readonly AlbumEntry[]) {
    return JSON.parse(await text(exportJson(albumOf(entries))));
  }

  test('the album is introduced by its identity, the time and its counts', async () => {
    expect(await read(oneOfEach)).toMatchObject({
      schema: 1,
      album: identity,
      exportedAt,
      counts: { listed: 3, saved: 2, failed: 1, pending: 1 },
    });
  });

  test('what speaks against the list being whole stands before the photos', async () => {
    const album = albumOf(oneOfEach);
    const doubts = ['The album has more than 4 pages.'];
    expect(Object.keys(await read(oneOfEach))).toEqual([
      ...['schema', 'album', 'exportedAt', 'counts', 'doubts', 'photos'],
    ]);
    expect((await read(oneOfEach)).doubts).toEqual([]);
    expect(JSON.parse(await text(exportJson({ ...album, doubts }))).doubts).toEqual(doubts);
  });

  test('a saved photo has all that is known of it, in the order of the contract', async () => {
    const [photo] = (await read(oneOfEach)).photos;
    expect(Object.entries(photo)).toEqual([
      ['id', 'saved'],
      ['status', 'saved'],
      ['page', 1],
      ['position', 1],
      ['originalUrl', 'https://images.test/26~a~saved.jpg'],
      ['thumbnailUrl', 'https://images.test/26~t~saved.jpg'],
      ['file', 'key_value_stores/photos/saved.jpg'],
      ['contentType', 'image/jpeg'],
      ['bytes', 125_000],
      ['sha256', 'ab'.repeat(32)],
      ['savedAt', '2026-11-22T10:00:00.000Z'],
    ]);
  });

  test('a photo that failed has its reason, one that is pending has neither file nor reason', async () => {
    const [, failed, pending] = (await read(oneOfEach)).photos;
    expect(failed).toMatchObject({ status: 'failed', reason: 'the server answered 404' });
    expect(failed).not.toHaveProperty('file');
    expect(Object.keys(pending)).toEqual([
      'id',
      'status',
      'page',
      'position',
      'originalUrl',
      'thumbnailUrl',
    ]);
  });

  test('a photo that left the album has no place in it', async () => {
    const { photos } = await read(oneOfEach);
    expect(photos[3]).toMatchObject({ id: 'left the album', status: 'saved' });
    expect(photos[3]).not.toHaveProperty('page');
    expect(photos[3]).not.toHaveProperty('position');
  });

  test('a photo says where its date comes from, where it has one', async () => {
    const [{ photo, outcome, ...rest }] = oneOfEach as [AlbumEntry];
    const uploaded = { ...photo, uploadedAt: '2016-11-24T00:43:59.217Z' };
    const taken = { ...outcome, takenAt: '2012-07-04T12:34:56' } as Outcome;
    const { photos } = await read([
      { ...rest, photo: uploaded, outcome: taken },
      { ...rest, photo: { ...uploaded, date: '2012-07' } },
      { ...rest, photo: uploaded },
      { ...rest, photo },
    ]);
    expect(photos.map(({ dateSource }: { dateSource?: string }) => dateSource)).toEqual([
      'exif',
      'site',
      'upload',
      undefined,
    ]);
  });

  test('a time of EXIF that stands in for the original one is named', async () => {
    const [{ outcome, ...rest }] = oneOfEach as [AlbumEntry];
    const times = { takenAt: '2012-07-04T12:34:56', takenAtSource: 'DateTime' };
    const { photos } = await read([{ ...rest, outcome: { ...outcome, ...times } as Outcome }]);
    expect(photos[0]).toMatchObject(times);
  });

  test('a photo that the site itself has damaged is marked', async () => {
    const [{ outcome, ...rest }] = oneOfEach as [AlbumEntry];
    const damaged = { ...outcome, damagedAtSource: true } as Outcome;
    const { photos } = await read([{ ...rest, outcome: damaged }]);
    expect(photos[0]).toMatchObject({ status: 'saved', damagedAtSource: true });
  });

  test('an empty album has no photos', async () => {
    expect(await read([])).toMatchObject({ counts: { listed: 0, saved: 0 }, photos: [] });
  });

  test('each photo has a line of its own, so that two exports can be compared', async () => {
    const lines = (await text(exportJson(albumOf(oneOfEach)))).split('\n');
    expect(lines.filter((line) => line.includes('"originalUrl"'))).toHaveLength(oneOfEach.length);
  });

  test('any values come back from the text', () =>
    fc.assert(
      fc.asyncProperty(awkwardEntries, async (entries) => {
        const { photos } = await read(entries);
        expect(photos).toMatchObject(
          entries.map(({ photo: { id, version, rotation } }) => ({ id, version, rotation })),
        );
      }),
    ));
});

describe('CSV', () => {
  /** Reads RFC 4180: a quoted field ends at a quote that no other quote follows. */
  function parse(csv: string): string[][] {
    const rows: string[][] = [[]];
    for (const [, quoted, plain, end] of csv.matchAll(
      /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
    )) {
      rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
      if (end !== ',') rows.push([]);
    }
    return rows.slice(0, -1);
  }

  async function read(entries: readonly AlbumEntry[]): Promise<Record<string, string>[]> {
    const [header = [], ...rows] = parse(await text(exportCsv(albumOf(entries))));
    return rows.map((row) => Object.fromEntries(row.map((value, index) => [header[index], value])));
  }

  test('the header names the fields of the contract, also where there is no photo', async () => {
    expect(parse(await text(exportCsv(albumOf([]))))).toEqual([[...exportFields]]);
  });

  test('there is a row for each photo, with the fields of the JSON, and empty ones for the rest', async () => {
    const rows = await read(oneOfEach);
    const expected = oneOfEach.map((entry) => {
      const photo = exportedPhoto(entry);
      return Object.fromEntries(exportFields.map((name) => [name, String(photo[name] ?? '')]));
    });
    expect(rows).toEqual(expected);
  });

  test('a value that a spreadsheet would run as a formula is made plain text', async () => {
    const [first] = oneOfEach as [AlbumEntry];
    for (const begin of ['=', '+', '-', '@', '\t', '\r']) {
      const id = `${begin}HYPERLINK("https://evil.example")`;
      const [row] = await read([{ ...first, photo: { ...first.photo, id } }]);
      expect(row?.id).toBe(`'${id}`);
    }
  });

  test('a mark is the word true, as in JSON', async () => {
    const [{ outcome, ...rest }] = oneOfEach as [AlbumEntry];
    const damaged = { ...outcome, damagedAtSource: true } as Outcome;
    const [row] = await read([{ ...rest, outcome: damaged }]);
    expect(row?.damagedAtSource).toBe('true');
  });

  test('the albums that hold a photo stand in one column', async () => {
    const [first] = oneOfEach as [AlbumEntry];
    const photo = { ...first.photo, album: ['2016', 'Summer, by the sea'] };
    const [row] = await read([{ ...first, photo }]);
    expect(row?.album).toBe('2016 / Summer, by the sea');
  });

  const loneBreak = /\r(?!\n)|(?<!\r)\n/;
  const texts = ({ photo: { id, version = '', rotation = '' } }: AlbumEntry) => [
    id,
    version,
    rotation,
  ];

  /** Holds an album's values to what is read back from its CSV. */
  async function expectRoundTrip(entries: readonly AlbumEntry[]): Promise<void> {
    const plain = (value: string) => (/^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value);
    expect(
      (await read(entries)).map(({ id, version, rotation }) => [id, version, rotation]),
    ).toEqual(entries.map((entry) => texts(entry).map(plain)));
  }

  test('any values come back from the text, formulas as plain text', () =>
    fc.assert(
      fc.asyncProperty(
        awkwardEntries.map((entries) =>
          entries.filter((entry) => !texts(entry).some((value) => loneBreak.test(value))),
        ),
        expectRoundTrip,
      ),
    ));

  // Only what holds the two together is put in quotes; readers take either one for the row's end.
  test.each(['\n', '\r'])('a value with the line break %j alone is put in quotes', (end) => {
    const [{ photo, ...rest }] = oneOfEach as [AlbumEntry];
    return expectRoundTrip([{ ...rest, photo: { ...photo, version: '1', rotation: `a${end}b` } }]);
  });
});
