import iconv from 'iconv-lite';

/**
 * Encodes text as a browser encodes what a form or a query holds (Encoding Standard, "encode" with
 * the error mode html): a character that the encoding does not have becomes `&#` its code point `;`.
 *
 * @param encoding the name of an encoding of the Encoding Standard, such as windows-1252. Pages in
 *   UTF-16 send UTF-8 (its section 4.3, "get an output encoding")
 */
export function encodeText(text: string, encoding: string): Buffer {
  if (/^utf-|^replacement$/i.test(encoding) || !iconv.encodingExists(encoding)) {
    return Buffer.from(text);
  }
  const whole = iconv.encode(text, encoding);
  if (iconv.decode(whole, encoding) === text) return whole;
  return Buffer.concat([...text].map((character) => encodeCharacter(character, encoding)));
}

function encodeCharacter(character: string, encoding: string): Buffer {
  const bytes = iconv.encode(character, encoding);
  if (iconv.decode(bytes, encoding) === character) return bytes;
  return Buffer.from(`&#${character.codePointAt(0)};`);
}
