/** Bytes are not text in UTF-8. The message completes a sentence that begins with the file's name. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

/**
 * Decodes text in UTF-8, with or without a byte order mark.
 *
 * @throws EncodingError for UTF-16, which Windows PowerShell's `>` and Notepad's “Unicode” write, and
 *   for any other encoding with letters beyond ASCII
 */
export function utf8Text(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMark || bytes.includes(0)) {
    throw new EncodingError(
      'is in UTF-16, not in UTF-8. Save it as UTF-8: in Notepad with “Save as” and the encoding UTF-8, in PowerShell with Out-File -Encoding utf8',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new EncodingError('is not in UTF-8. Save it as UTF-8', { cause: error });
  }
}
