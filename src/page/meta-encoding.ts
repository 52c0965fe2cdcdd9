import { labelToName } from '@exodus/bytes/encoding.js';

/** Bytes in which a page may name its encoding. */
const prescanBytes = 1024;
/** What the scan stops at: a comment, a meta element, another tag, or a declaration. */
const markup = /<!--|<meta(?=[\t\n\f\r /])|<\/?[a-z][^\t\n\f\r >]*|<[!/?]/gi;
const attribute =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >]*)))?/y;
const charsetInContent =
  /charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"']+))/i;

/**
 * The encoding that a page names in its first 1024 bytes, by a meta element, else by an XML
 * declaration (HTML Living Standard, 13.2.3.3: "prescan a byte stream to determine its encoding").
 *
 * @returns the Encoding Standard's name; undefined where it names none that is known
 */
export function metaEncoding(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.subarray(0, prescanBytes)).toString('latin1');
  const [, declared] = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]+)["']/.exec(text) ?? [];
  return inMeta(text) ?? known(declared);
}

function inMeta(text: string): string | undefined {
  markup.lastIndex = 0;
  for (let found = markup.exec(text); found !== null; found = markup.exec(text)) {
    const [start] = found;
    if (start === '<!--' || (start.length === 2 && !/[a-z]/i.test(start))) {
      const end = text.indexOf(start === '<!--' ? '-->' : '>', found.index + 2);
      if (end === -1) return undefined;
      markup.lastIndex = end + 1;
      continue;
    }
    const { attributes, end } = attributesAt(text, markup.lastIndex);
    markup.lastIndex = end;
    const encoding = start.toLowerCase() === '<meta' ? namedBy(attributes) : undefined;
    if (encoding !== undefined) return encoding;
  }
  return undefined;
}

/** The attributes of a tag, the first of each name. */
function attributesAt(text: string, from: number) {
  const attributes = new Map<string, string>();
  let end = from;
  attribute.lastIndex = from;
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    end = attribute.lastIndex;
    const [, name = '', ...values] = found;
    const value = values.find((one) => one !== undefined) ?? '';
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, value);
  }
  return { attributes, end };
}

function namedBy(attributes: ReadonlyMap<string, string>): string | undefined {
  const charset = attributes.get('charset');
  if (charset !== undefined) return known(charset);
  if (attributes.get('http-equiv')?.toLowerCase() !== 'content-type') return undefined;
  const values = charsetInContent.exec(attributes.get('content') ?? '')?.slice(1) ?? [];
  return known(values.find((one) => one !== undefined));
}

/** A page that can be scanned byte by byte is not in UTF-16, whatever it says. */
function known(label: string | undefined): string | undefined {
  const name = label === undefined ? null : labelToName(label);
  if (name?.startsWith('UTF-16')) return 'UTF-8';
  return name === 'x-user-defined' ? 'windows-1252' : (name ?? undefined);
}
