/** Bytes that recognising a file's type takes at the most (file-type's own figure). */
export const typeSample = 4100;

/**
 * The type of a file by its first bytes, as the package file-type names it. What most albums hold,
 * JPEG, is recognised without it: loading it, and having it compare each photo with a hundred other
 * types first, takes longer than checking the whole photo.
 *
 * @param sample the first bytes of the file, 4,100 if it has that many; the rest is ignored
 */
export async function fileType(
  sample: Uint8Array,
): Promise<{ ext: string; mime: string } | undefined> {
  if (isJpeg(sample)) return { ext: 'jpg', mime: 'image/jpeg' };
  const { fileTypeFromBuffer } = await import('file-type');
  return fileTypeFromBuffer(sample.subarray(0, typeSample));
}

/** With the marker SOF55 behind its first it is a JPEG-LS (ITU-T T.87, table C.1), another format. */
function isJpeg([first, second, third, fourth]: Uint8Array): boolean {
  return first === 0xff && second === 0xd8 && third === 0xff && fourth !== 0xf7;
}
