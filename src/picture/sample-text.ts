const leastPrintable = 0x20;
const leastNotAscii = 0x80;

/** The encoding that the first bytes of a text show (XML 1.0, appendix F). */
function encodingOf(sample: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = sample;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return 'utf-8';
}

/** First bytes of JPEG, PNG, GIF and RIFF files; none of them is a byte order mark. */
const signatures = ['\xff\xd8\xff', '\x89PNG', 'GIF8', 'RIFF'];

/**
 * Whether the first bytes of a file are those of a common picture, and a zero byte follows: then they
 * are neither text nor markup in any encoding. Decoding them as text to find out would take longer
 * than all other checks of a picture.
 */
export function isPlainlyBinary(sample: Uint8Array): boolean {
  const begins = Buffer.from(sample.subarray(0, 4)).toString('latin1');
  return signatures.some((signature) => begins.startsWith(signature)) && sample.includes(0);
}

/**
 * Decodes the first bytes of a file as UTF-8, or as UTF-16 if they show it. The last character may be
 * incomplete.
 *
 * @returns the text without its byte order mark; undefined if the bytes are not text, because they
 *   are malformed or contain control characters other than white space
 */
export function textOf(sample: Uint8Array): string | undefined {
  try {
    const decoder = new TextDecoder(encodingOf(sample), { fatal: true });
    const text = decoder.decode(sample, { stream: true });
    // U+0085 is a line break.
    return /(?![\t\n\f\r\u0085])\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    // Malformed bytes.
    return undefined;
  }
}

/** Decodes any bytes as text, as a browser decodes a page with malformed bytes. */
export function likelyTextOf(sample: Uint8Array): string {
  return new TextDecoder(encodingOf(sample)).decode(sample, { stream: true });
}

/**
 * Whether bytes look like text in a legacy encoding: no control characters except white space, and
 * mostly ASCII. Binary formats have control bytes in their headers.
 */
export function looksLikeOldText(sample: Uint8Array): boolean {
  let ascii = 0;
  for (const byte of sample) {
    const isSpace = byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d;
    if (byte === 0x7f || (byte < leastPrintable && !isSpace)) return false;
    if (byte < leastNotAscii) ascii++;
  }
  return ascii * 2 > sample.length;
}
