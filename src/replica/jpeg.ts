/** The bytes of a picture, in the pieces that are sent. Pictures share pieces: do not change them. */
export type Picture = readonly Buffer[];

/** The longest text a COM segment holds: its length field counts itself. */
export const longestComment = 65_533;

/** Returns a complete COM segment (marker and length included). `content` is at most 65,533 bytes. */
export function commentSegment(content: Buffer): Buffer {
  const segment = Buffer.allocUnsafe(content.length + 4);
  segment.writeUInt16BE(0xfffe, 0);
  segment.writeUInt16BE(content.length + 2, 2);
  content.copy(segment, 4);
  return segment;
}

/**
 * Splits a JPEG after its start marker and its JFIF segment, where EXIF and comments belong.
 *
 * @throws RangeError if the bytes do not begin like a JPEG
 */
export function splitJpeg(jpeg: Buffer): { head: Buffer; rest: Buffer } {
  if (jpeg.readUInt16BE(0) !== 0xffd8) throw new RangeError('These bytes are no JPEG.');
  const behind = jpeg.readUInt16BE(2) === 0xffe0 ? 4 + jpeg.readUInt16BE(4) : 2;
  return { head: jpeg.subarray(0, behind), rest: jpeg.subarray(behind) };
}

/** Returns the number of bytes of a picture. */
export function lengthOf(picture: Picture): number {
  return picture.reduce((sum, piece) => sum + piece.length, 0);
}

/** Returns the part of a picture from byte `start` to byte `end`, both included, without copying. */
export function sliceOf(picture: Picture, start: number, end: number): Picture {
  const parts: Buffer[] = [];
  let offset = 0;
  for (const piece of picture) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end + 1 - offset, piece.length);
    if (from < to) parts.push(piece.subarray(from, to));
    offset += piece.length;
  }
  return parts;
}
