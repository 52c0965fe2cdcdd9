import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlbumEntry } from '../../src/album/entries.js';
import type { Outcome } from '../../src/album/photo.js';
import { exportCsv } from '../../src/exports/csv.js';
import { exportedPhoto, exportFields } from '../../src/exports/fields.js';
import { albumOf, awkwardEntries, oneOfEach } from './album-export.js';

/** Reads RFC 4180: a quoted field ends at a quote that no other quote follows. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
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
  expect((await read(entries)).map(({ id, version, rotation }) => [id, version, rotation])).toEqual(
    entries.map((entry) => texts(entry).map(plain)),
  );
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
