/** Makers of small files that are whole: boxes, chunks and directories around bytes that mean nothing. */

/** Bytes of every value. */
export function filler(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 31) & 0xff));
}

/** A box of ISO/IEC 14496-12, section 4.2. */
export function box(type: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1');
  head.writeUInt32BE(8 + body.length);
  return Buffer.concat([head, body]);
}

/** A box whose size stands in 64 bits. */
function largeBox(type: string, content: Buffer): Buffer {
  const head = Buffer.concat([Buffer.from(`\0\0\0\x01${type}`, 'latin1'), Buffer.alloc(8)]);
  head.writeBigUInt64BE(BigInt(16 + content.length), 8);
  return Buffer.concat([head, content]);
}

/** A box that reaches to the end of the file. */
export function lastBox(type: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`\0\0\0\0${type}`, 'latin1'), content]);
}

export const fileType = (brand: string): Buffer =>
  box('ftyp', Buffer.from(`${brand}\0\0\x02\0${brand}`, 'latin1'));

/** A `meta` box with its version and flags. */
export const metaBox = (...content: Uint8Array[]): Buffer =>
  box('meta', Buffer.alloc(4), ...content);

/** An element of Matroska (RFC 8794); a size of its own, or an unknown one. */
export function element(id: string, content: Uint8Array, isSizeKnown = true): Buffer {
  const size = Buffer.alloc(8, 0xff);
  if (isSizeKnown) size.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  else size[0] = 0x01;
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
}

/** An EBML header, then the given segment. */
export function matroska(type: 'webm' | 'matroska', segment: Buffer): Buffer {
  return Buffer.concat([element('1a45dfa3', element('4282', Buffer.from(type))), segment]);
}

/** A chunk of RIFF, padded where its size is odd. */
export function riff(form: string, content: Buffer): Buffer {
  const head = Buffer.from(`RIFF\0\0\0\0${form}`, 'latin1');
  head.writeUInt32LE(form.length + content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc((form.length + content.length) % 2)]);
}

/** A PDF in one part; it is as long as its beginning and `content` make it. */
export function pdf(content: Buffer): Buffer {
  const start = Buffer.concat([Buffer.from('%PDF-1.4\n%\xe2\xe3\n', 'latin1'), content]);
  const end = `\nxref\n0 1\n0000000000 65535 f \ntrailer <</Size 1>>\nstartxref\n${start.length + 1}\n%%EOF`;
  return Buffer.concat([start, Buffer.from(end)]);
}

const film = filler(9000);

/** Films and documents that end with their last byte, and their MIME types. */
export const smallFilms: Record<string, { type: string; file: Buffer }> = {
  'an MP4 with its index last': {
    type: 'video/mp4',
    file: Buffer.concat([fileType('isom'), box('free'), box('mdat', film), box('moov', film)]),
  },
  'an MP4 with its index first': {
    type: 'video/mp4',
    file: Buffer.concat([fileType('mp42'), box('moov', film), box('mdat', film)]),
  },
  'an MP4 in fragments': {
    type: 'video/mp4',
    file: Buffer.concat([
      ...[fileType('iso5'), box('moov', filler(90))],
      ...[box('moof', filler(90)), box('mdat', film)],
    ]),
  },
  'a MOV with a large box': {
    type: 'video/quicktime',
    file: Buffer.concat([fileType('qt  '), box('wide'), largeBox('mdat', film), box('moov', film)]),
  },
  'a MOV of old, without a file type': {
    type: 'video/quicktime',
    file: Buffer.concat([box('mdat', film), box('moov', film)]),
  },
  'a 3GP': {
    type: 'video/3gpp',
    file: Buffer.concat([fileType('3gp5'), box('mdat', film), box('moov', film)]),
  },
  'a HEIC': {
    type: 'image/heic',
    file: Buffer.concat([fileType('heic'), metaBox(box('iloc', filler(40))), box('mdat', film)]),
  },
  'a HEIC with its content in its index': {
    type: 'image/heic',
    file: Buffer.concat([fileType('heic'), metaBox(box('iloc'), box('idat', film))]),
  },
  'a WebM': { type: 'video/webm', file: matroska('webm', element('18538067', film)) },
  'an MKV': { type: 'video/matroska', file: matroska('matroska', element('18538067', film)) },
  'an AVI': { type: 'video/vnd.avi', file: riff('AVI ', film) },
  'a PDF': { type: 'application/pdf', file: pdf(film) },
};
