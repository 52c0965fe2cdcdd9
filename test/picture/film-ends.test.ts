import { expect, test } from '@jest/globals';
import { fileTypeFromBuffer } from 'file-type';
import type { TiffOptions } from 'sharp';
import { contentKind } from '../../src/picture/content-kind.js';
import {
  box,
  element,
  fileType,
  filler,
  lastBox,
  matroska,
  metaBox,
  pdf,
  riff,
  smallFilms,
} from './sample-films.js';
import { drawing } from './sample-pictures.js';
import { dng, tiffOfOneStrip, tiffOfTwoPages, tiffWithDirectoryLast } from './sample-tiffs.js';
import { check, hasEnded } from './watch-file.js';

const tiffs = {
  'a TIFF with its directory last': tiffWithDirectoryLast('II'),
  'a big-endian TIFF with its directory last': tiffWithDirectoryLast('MM'),
  'a TIFF of two pages': tiffOfTwoPages('II'),
  'a big-endian TIFF of two pages': tiffOfTwoPages('MM'),
};
const samples: [name: string, type: string, file: Buffer][] = [
  ...Object.entries(smallFilms).map(([name, { type, file }]): [string, string, Buffer] => [
    name,
    type,
    file,
  ]),
  ...Object.entries(tiffs).map(([name, file]): [string, string, Buffer] => [
    name,
    'image/tiff',
    file,
  ]),
  ['a DNG', 'image/x-adobe-dng', dng('II')],
  ['a big-endian DNG', 'image/x-adobe-dng', dng('MM')],
  ['an AVIF', 'image/avif', await drawing(60).avif({ effort: 0 }).toBuffer()],
];

/** How many bytes a file has come by, taken one by one, whenever it might be whole. */
function mayEndAt(type: string, file: Uint8Array): number[] {
  const watching = check(type);
  return Array.from(file.keys(), (index) => {
    watching.take(file.subarray(index, index + 1));
    return watching.hasEnded ? index + 1 : 0;
  }).filter((count) => count > 0);
}

test.each(samples)('%s is taken for what it is', async (_name, type, file) => {
  const sample = file.subarray(0, 4100);
  const kind = contentKind(sample, await fileTypeFromBuffer(sample));
  expect(kind).toMatchObject({ contentType: type });
});

test.each(samples)('%s is whole at its end, and nowhere before', (_name, type, file) => {
  expect(mayEndAt(type, file)).toEqual([file.length]);
});

test.each(samples)('%s is whole in chunks of any size', (_name, type, file) => {
  for (const size of [file.length, 3, 7, 1000]) expect(hasEnded(type, file, size)).toBe(true);
});

test.each(samples)('%s is whole, whatever follows it', (_name, type, file) => {
  for (const follows of [
    '\0',
    '\0\0\0\0\0\0\0\0\0',
    '\xff\xff',
    'RIF',
    'SEFT trailer of a phone',
  ]) {
    const longer = Buffer.concat([file, Buffer.from(follows, 'latin1')]);
    expect(hasEnded(type, longer)).toBe(true);
  }
});

test.each(samples)('%s: what does not begin like it never ends', (_name, type, file) => {
  expect(hasEnded(type, Buffer.concat([Buffer.from('\xfe\xff\0\0'), Buffer.alloc(3000)]))).toBe(
    false,
  );
  expect(hasEnded(type, file.subarray(0, 3))).toBe(false);
});

const film = Buffer.concat([fileType('isom'), box('moov', filler(90)), box('mdat', filler(300))]);
const still = Buffer.concat([fileType('heic'), metaBox(), box('mdat', filler(300))]);

test.each([
  ['a box of padding, cut short', 'video/mp4', film, box('free', filler(300))],
  ['a box of a maker, cut short', 'video/mp4', film, box('uuid', filler(300))],
  ['the start of a box', 'video/mp4', film, Buffer.from('\0\0\x10\0mo')],
  ['a trailer that is no box', 'video/mp4', film, filler(900)],
  [
    'a trailer with text where a type would be',
    'image/heic',
    still,
    Buffer.from('\0\0\x30\x0aMotion'),
  ],
])('%s behind a whole film or picture is no damage', (_what, type, whole, follows) => {
  expect(hasEnded(type, Buffer.concat([whole, follows.subarray(0, 200)]))).toBe(true);
});

test.each([
  ['a further fragment', 'video/mp4', film, box('moof', filler(300))],
  ['more of the film', 'video/mp4', film, box('mdat', filler(300))],
  ['the index of fragments', 'video/mp4', film, box('mfra', filler(300))],
  ['the film of a motion photo', 'image/heic', still, box('mpvd', filler(300))],
])('%s that breaks off is missed', (_what, type, whole, part) => {
  expect(hasEnded(type, Buffer.concat([whole, part]))).toBe(true);
  expect(hasEnded(type, Buffer.concat([whole, part.subarray(0, 200)]))).toBe(false);
});

test('a box without a size reaches to the end, wherever that is', () => {
  const index = [fileType('isom'), box('moov', filler(90))];
  expect(hasEnded('video/mp4', Buffer.concat([...index, lastBox('mdat', filler(9))]))).toBe(true);
  const noIndex = Buffer.concat([fileType('isom'), lastBox('mdat', filler(900))]);
  expect(hasEnded('video/mp4', noIndex)).toBe(false);
});

test.each([
  ['an index whose boxes cannot be read', [box('meta', filler(900))]],
  ['a box that has no possible size', [Buffer.from('\0\0\0\x04mdat'), filler(900)]],
  ['a box that has no possible type', [Buffer.from('\0\0\0\x99\0\0\0\x01'), filler(900)]],
])('a file with %s is not called damaged', (_what, parts) => {
  expect(hasEnded('image/heic', Buffer.concat([fileType('heic'), ...parts]))).toBe(true);
});

const cluster = (isSizeKnown: boolean) =>
  element('1f43b675', element('a3', filler(300)), isSizeKnown);

test.each([
  ['of known size', true],
  ['of unknown size', false],
])('a live WebM with clusters %s may end behind each of their parts', (_what, isSizeKnown) => {
  const head = matroska('webm', element('18538067', element('1549a966', filler(20)), false));
  const [one, two] = [cluster(isSizeKnown), cluster(isSizeKnown)];
  const file = Buffer.concat([head, one, two]);
  expect(hasEnded('video/webm', head)).toBe(false);
  expect(hasEnded('video/webm', Buffer.concat([head, one]))).toBe(true);
  expect(hasEnded('video/webm', file.subarray(0, -1))).toBe(false);
  expect(hasEnded('video/webm', file)).toBe(true);
});

test('a large AVI has several chunks; their sizes may be odd or missing', () => {
  const [first, second] = [riff('AVI ', filler(301)), riff('AVIX', filler(500))];
  const file = Buffer.concat([first, second]);
  expect(hasEnded('video/vnd.avi', file)).toBe(true);
  expect(hasEnded('video/vnd.avi', first)).toBe(true);
  expect(hasEnded('video/vnd.avi', first.subarray(0, -1))).toBe(true);
  expect(hasEnded('video/vnd.avi', first.subarray(0, -2))).toBe(false);
  expect(hasEnded('video/vnd.avi', file.subarray(0, -1))).toBe(false);
  const unknown = Buffer.from(first);
  unknown.writeUInt32LE(0, 4);
  expect(hasEnded('video/vnd.avi', unknown.subarray(0, 100))).toBe(true);
});

test('a PDF ends at its last marker, not at the one at the start of a linearized file', () => {
  const start = Buffer.from('trailer <<>>\nstartxref\n0\n%%EOF\n');
  const file = pdf(Buffer.concat([start, filler(9000)]));
  expect(hasEnded('application/pdf', file.subarray(0, 60))).toBe(false);
  expect(hasEnded('application/pdf', Buffer.concat([file, Buffer.alloc(2000)]))).toBe(true);
  expect(hasEnded('application/pdf', Buffer.concat([file, filler(9000)]))).toBe(false);
});

test.each([
  ['an unknown byte count', 58, 0xffffffff],
  ['an unknown offset', 0xffffffff, 3000],
  ['a picture without data', 0, 0],
])('a TIFF with %s is not called damaged', (_what, offset, byteCount) => {
  expect(hasEnded('image/tiff', tiffOfOneStrip(offset, byteCount))).toBe(true);
});

test.each<[string, TiffOptions]>([
  ['by LZW', { compression: 'lzw' }],
  ['by JPEG', { compression: 'jpeg' }],
  ['in tiles', { tile: true, tileWidth: 32, tileHeight: 32 }],
  ['with smaller ones', { pyramid: true }],
  ['with offsets of 64 bits', { bigtiff: true }],
])('a TIFF of libtiff, %s, is whole, and parts of it are not', async (_what, options) => {
  const file = await drawing(300).tiff(options).toBuffer();
  expect(hasEnded('image/tiff', file)).toBe(true);
  // The last bytes are values of the directory, such as the tables of JPEG.
  for (const length of [0.1, 0.5, 0.9, 1].map((share) => Math.floor(file.length * share) - 1)) {
    expect(hasEnded('image/tiff', file.subarray(0, length))).toBe(false);
  }
});
