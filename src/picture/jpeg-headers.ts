const markerPrefix = 0xff;
const startOfScan = 0xda;

/**
 * The part of a JPEG before its first scan (ITU-T T.81, section B.2.1), which says all that is known
 * of the picture but its pixels.
 *
 * @param bytes the first bytes of a file
 * @returns undefined for another file, one whose first scan is not among the bytes, and one that has
 *   fill bytes (B.1.1.2) or stray ones between its segments: readers differ in how they pass over those
 */
export function jpegHeaders(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 2 || bytes.readUInt16BE() !== 0xffd8) return undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const code = bytes[at + 1];
    if (bytes[at] !== markerPrefix || code === markerPrefix) return undefined;
    if (code === startOfScan) return bytes.subarray(0, at);
    // The length counts its own two bytes (B.1.1.4).
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
