import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import sharp from 'sharp';
import { contentKind } from '../../src/picture/content-kind.js';
import { drawing, smallPictures } from './sample-pictures.js';

const webPage = { refused: 'the server sent a web page in place of the picture' };
const xml = { refused: 'the server sent an XML document in place of the picture' };
const text = { refused: 'the server sent text in place of the picture' };
const svg = { extension: 'svg', contentType: 'image/svg+xml' };
const unknown = { extension: 'bin', contentType: 'application/octet-stream' };

/** What becomes of a file whose type file-type told by itself. */
async function kindOf(file: Uint8Array): Promise<ReturnType<typeof contentKind>> {
  const sample = file.subarray(0, 4100);
  return contentKind(sample, await fileTypeFromBuffer(sample));
}

const utf16 = (value: string) => Buffer.from(value, 'utf16le');

test.each(Object.entries(smallPictures))('%s is taken as what it is', async (_, { type, make }) => {
  const extension = type.replace('image/', '').replace('jpeg', 'jpg');
  expect(await kindOf(await make())).toEqual({ extension, contentType: type });
});

test.each([
  ['tif', 'image/tiff', () => drawing(60).tiff().toBuffer()],
  ['avif', 'image/avif', () => drawing(60).avif({ effort: 0 }).toBuffer()],
  ['mp4', 'video/mp4', () => Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
  ['mov', 'video/quicktime', () => Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1')],
  ['avi', 'video/vnd.avi', () => Buffer.from('RIFF\0\x01\0\0AVI LIST\0\0\0\0', 'latin1')],
  ['wav', 'audio/wav', () => Buffer.from('RIFF\0\x01\0\0WAVEfmt \x10\0\0\0', 'latin1')],
  ['pdf', 'application/pdf', () => Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >>\n')],
  ['eps', 'application/eps', () => Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%Title: Lily\n')],
] as const)('a file of type %s is taken', async (extension, contentType, make) => {
  expect(await kindOf(await make())).toEqual({ extension, contentType });
});

test.each([
  ['mp4', 'application/mp4'],
  ['mxf', 'application/mxf'],
  ['asf', 'application/vnd.ms-asf'],
  ['asf', 'video/x-ms-asf'],
  ['ogx', 'application/ogg'],
  ['rm', 'application/vnd.rn-realmedia'],
  ['cr2', 'image/x-canon-cr2'],
  ['opus', 'audio/ogg; codecs=opus'],
  ['mp3', 'audio/mpeg'],
  ['dcm', 'application/dicom'],
  ['cfb', 'application/x-cfb'],
])('%s, a %s, is taken', (ext, mime) => {
  const kind = contentKind(Buffer.from([0, 1, 2]), { ext, mime });
  expect(kind).toEqual({ extension: ext, contentType: mime });
});

test('every picture, film and sound that file-type knows is taken, archives and fonts are not', () => {
  for (const mime of supportedMimeTypes) {
    const isMedia = /^(?:image|video|audio)\//.test(mime);
    const kind = contentKind(Buffer.alloc(64), { ext: 'any', mime });
    if (isMedia) expect(kind).toEqual({ extension: 'any', contentType: mime });
    if (/archive|compress|zip|x-tar|font|spreadsheet|excel/.test(mime)) {
      expect(kind).toEqual({
        refused: expect.stringMatching(/^the server sent an? [\w ]+ in place/),
      });
    }
  }
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg" width="4"/>',
  '<?xml version="1.0"?>\n<svg>',
  '\uFEFF<?xml version="1.0" encoding="UTF-8"?><!-- drawn <html> by hand --> \n<svg\nwidth="3">',
  '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd"><svg>',
  '<?xml version="1.0"?><?xml-stylesheet href="a.css"?><!DOCTYPE svg [<!ENTITY a "]><html>">\n' +
    "<!-- it's ]> --> <!ENTITY b '\">'>]><svg>",
  '<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg">',
  '  <!-- -->\n<!-- <p> --><svg/>',
  '<!--> <html> --><svg>',
  '<?xml-stylesheet title="a>b"?><svg>',
  // Told by the root alone, which stands behind all that a document type may hold.
  '<!DOCTYPE s:svg [<!ENTITY a "1"> <!ENTITY b "2">] ><s:svg>',
  '<!DOCTYPE s:svg SYSTEM "a>b"><s:svg>',
  "<!DOCTYPE s:svg SYSTEM 'a>b'><s:svg>",
  "<!DOCTYPE s:svg [<!-- it's --> <!-- ]> -->]><s:svg>",
])('the drawing %j is taken as SVG', async (file) => {
  expect(await kindOf(Buffer.from(file))).toEqual(svg);
});

test('drawings in other encodings are taken as SVG', async () => {
  const drawn = '<?xml version="1.0"?><svg><title>Ä</title></svg>';
  const littleEndian = utf16(`\uFEFF${drawn}`);
  expect(await kindOf(littleEndian)).toEqual(svg);
  expect(await kindOf(Buffer.from(littleEndian).swap16())).toEqual(svg);
  expect(await kindOf(utf16(drawn))).toEqual(svg);
  expect(await kindOf(utf16(drawn).swap16())).toEqual(svg);
  expect(await kindOf(Buffer.from(drawn, 'latin1'))).toEqual(svg);
});

test('a drawing of which sharp makes a picture is taken as SVG', async () => {
  const drawn = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
  expect((await sharp(drawn).metadata()).format).toBe('svg');
  expect(await kindOf(drawn)).toEqual(svg);
});

test('a drawing whose root lies behind the sample is told by its document type', async () => {
  const long = `<!-- ${'x'.repeat(5000)} -->`;
  expect(await kindOf(Buffer.from(`<!DOCTYPE svg>${long}<svg>`))).toEqual(svg);
  expect(await kindOf(Buffer.from(`<!DOCTYPE html>${long}<svg>`))).toEqual(webPage);
  expect(await kindOf(Buffer.from(`<?xml version="1.0"?>${long}<svg>`))).toEqual(xml);
});

test.each([
  '<!DOCTYPE html><title>Sign in</title>',
  '<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<svg>',
  '\uFEFF\n <html><body>',
  '<HTML>',
  '<html',
  '<!-- moved --><p>',
  '<!-- cut in the middle of',
  '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
  '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd"><svg>',
  '<script>location = "/login"</script>',
  '<div class="error">',
  '\r\n\t<h1>404</h1>',
  '<center>busy</center>',
  '<body>\u0007',
])('the web page %j is no original', async (page) => {
  expect(await kindOf(Buffer.from(page))).toEqual(webPage);
});

test('web pages in other encodings, and broken ones, are no originals', async () => {
  expect(await kindOf(Buffer.from('<html><body>Zugriff verweigert für Sie', 'latin1'))).toEqual(
    webPage,
  );
  expect(await kindOf(utf16('\uFEFF<html><body>no'))).toEqual(webPage);
  expect(await kindOf(utf16('\uFEFF<html><body>\0'))).toEqual(webPage);
  expect(await kindOf(Buffer.from('<html>\0\xff\xfe', 'latin1'))).toEqual(webPage);
});

test.each([
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
  '<Error><Code>AccessDenied</Code></Error>',
  '<?xml version="1.0"?>',
  '<!DOCTYPE rss><rss>',
  '<svgx/>',
  '<SVG/>',
])('the XML document %j is no original', async (document) => {
  expect(await kindOf(Buffer.from(document))).toEqual(xml);
});

test.each(
  [
    '{"error":"not found"}',
    'null',
    'Not found',
    '',
    '   \r\n',
    'BMW and other cars',
    'BEGIN:VCARD\nVERSION:3.0',
    '3 < 4',
    '<',
    'Zugriff für “alle” verweigert 😀',
  ].filter((value) => value !== ''),
)('the text %j is no original', async (value) => {
  expect(await kindOf(Buffer.from(value))).toEqual(text);
});

test('text in encodings of old and of two bytes is no original', async () => {
  expect(await kindOf(Buffer.from('Accès refusé à cette image', 'latin1'))).toEqual(text);
  expect(await kindOf(utf16('\uFEFFnot found'))).toEqual(text);
  expect(await kindOf(utf16('\uFEFFnot found').swap16())).toEqual(text);
});

test('a file of which only its type tells that it is refused, is refused', () => {
  const bytes = Buffer.alloc(16);
  expect(contentKind(bytes, { ext: 'xml', mime: 'application/xml' })).toEqual(xml);
  expect(contentKind(bytes, { ext: 'vtt', mime: 'text/vtt' })).toEqual(text);
});

test('text is told where the sample cuts a character', () => {
  const long = Buffer.from('é'.repeat(3000));
  for (const cut of [4099, 4100])
    expect(contentKind(long.subarray(0, cut), undefined)).toEqual(text);
});

test('what comes behind the sample is not looked at', () => {
  const sample = Buffer.concat([Buffer.alloc(4100, 'a'), Buffer.alloc(10)]);
  expect(contentKind(sample, undefined)).toEqual(text);
});

test('nothing is no original', () => {
  expect(contentKind(new Uint8Array(), undefined)).toEqual({ refused: 'the answer is empty' });
});

test.each([
  ['a gzip archive', gzipSync('a picture')],
  ['an archive', Buffer.from('504b0506'.padEnd(44, '0'), 'hex')],
  ['an archive', Buffer.from('377abcaf271c0004', 'hex')],
  ['an archive', Buffer.from('526172211a070100', 'hex')],
  ['a program', Buffer.from('4d5a900003000000', 'hex')],
  ['a program', Buffer.from('7f454c4602010100', 'hex')],
  ['a data file', Buffer.from('SQLite format 3\0')],
] as const)('%s is no original', async (kind, file) => {
  expect(await kindOf(file)).toEqual({
    refused: `the server sent ${kind} in place of the picture`,
  });
});

test.each([
  ['a raw picture of a Sigma', 'FOVb\0\0\x02\0\xff\xff'],
  ['a raw picture of a Minolta', '\0MRM\0\x01\0\0'],
  ['bytes that begin like text', 'ARRI\0\0\x12\x34'],
  ['bytes without control characters', '\xc3\x28\xf5\xf6\xf7\xf8\xf9\xfa'],
])('%s: unknown binary data is taken', (_name, bytes) => {
  expect(contentKind(Buffer.from(bytes, 'latin1'), undefined)).toEqual(unknown);
});

test('whatever comes is taken or refused in a sentence, at once', () => {
  const markup = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '<!--',
      '-->',
      '<!DOCTYPE ',
      '<?xml',
      '?>',
      '[',
      ']',
      '"',
      "'",
      'svg',
      ' ',
    ),
    { maxLength: 2000 },
  );
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 5000 }),
    fc.string({ unit: 'binary' }).map((value) => Buffer.from(value)),
    markup.map((parts) => Buffer.from(parts.join(''))),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      const kind = contentKind(bytes, undefined);
      const sentence = 'refused' in kind ? kind.refused : undefined;
      expect(sentence ?? [svg, unknown]).toEqual(
        sentence === undefined ? expect.arrayContaining([kind]) : expect.stringMatching(/^the /),
      );
    }),
  );
});
