const combining: Readonly<Record<string, string>> = {
  ...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303' },
  ...{ uml: '\u0308', ring: '\u030A', cedil: '\u0327' },
};
const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", szlig: 'ß' },
  ...{ nbsp: ' ', plus: '+', sol: '/', equals: '=', percnt: '%' },
};

/**
 * An escape of addresses, HTML, JSON or JavaScript; or what counts for nothing, among it backslashes
 * that begin no escape. In numbered groups: to name them takes three times as long.
 */
const escapes =
  /((?:%[0-9a-f]{2})+)|&#(\d{1,7});?|&#x([0-9a-f]{1,6});?|&([a-z]{2,7});|\\+u([0-9a-f]{4})|\\+u\{([0-9a-f]{1,6})\}|\\+x([0-9a-f]{2})|((?:[\s+\p{Cc}\p{Cf}]|\\(?!\\{0,8}[ux]))+)/giu;

/** Deeper than any page nests escapes in each other. */
const mostPasses = 8;

/** Where each UTF-16 unit of a decoded text stands in the text that it was decoded from. */
interface Places {
  starts: readonly number[];
  ends: readonly number[];
}

/**
 * A text as a reader would compare it: without escapes, however deep they are nested in each other,
 * without capitals, and without white space, `+`, backslashes and characters that nobody sees. All
 * spellings of a text are one then.
 */
export class DecodedText {
  /** What is left. */
  readonly plain: string;
  #places: Places | undefined;

  constructor(private readonly text: string) {
    this.plain = lowerCase(layersOf(text).at(-1) ?? text);
  }

  /** Where a part of {@link plain} stands in the text; it is not empty. */
  placeOf(from: number, to: number): { from: number; to: number } {
    this.#places ??= placesIn(this.text);
    const { starts, ends } = this.#places;
    return { from: starts[from] ?? 0, to: ends[to - 1] ?? 0 };
  }
}

/** The text, then what is left of it after each pass. */
function layersOf(text: string): string[] {
  const layers = [text];
  for (let last = text; layers.length <= mostPasses; ) {
    const next = last.replace(escapes, (escaped, ...groups) => {
      const characters = charactersOf(groups, escaped.length);
      return characters?.map(({ character }) => character).join('') ?? escaped;
    });
    if (next === last) break;
    layers.push(next);
    last = next;
  }
  return layers;
}

function placesIn(text: string): Places {
  let places: Places | undefined;
  for (const layer of layersOf(text)) places = placesOnce(layer, places);
  return places ?? { starts: [], ends: [] };
}

/** Takes away one layer of escapes; undefined where there is none. */
function placesOnce(text: string, before: Places | undefined): Places {
  const [starts, ends]: [number[], number[]] = [[], []];
  const add = (units: number, from: number, to: number) => {
    for (let unit = 0; unit < units; unit++) {
      starts.push(before?.starts[from] ?? from);
      ends.push(before?.ends[to - 1] ?? to);
    }
  };
  let at = 0;
  for (const match of text.matchAll(escapes)) {
    const { index } = match;
    const [escaped, ...groups] = match;
    const characters = charactersOf(groups, escaped.length);
    if (characters === undefined) continue;
    for (; at < index; at++) add(1, at, at + 1);
    for (const { character, length } of characters) {
      add(character.length, at, at + length);
      at += length;
    }
    at = index + escaped.length;
  }
  for (; at < text.length; at++) add(1, at, at + 1);
  return { starts, ends };
}

/** A character that was escaped, and how many units the escape has. */
interface Escaped {
  character: string;
  length: number;
}

/**
 * What an escape of so many units stands for; undefined where that is not known.
 *
 * @param groups those of {@link escapes}
 */
function charactersOf(
  [percent, decimal, hex, name, unit, point, byte, nothing]: readonly (string | undefined)[],
  length: number,
): Escaped[] | undefined {
  if (nothing !== undefined) return [];
  if (percent !== undefined) return bytesDecoded(Buffer.from(percent.replaceAll('%', ''), 'hex'));
  if (name !== undefined) {
    const character = namedCharacter(name.toLowerCase());
    return character === undefined ? undefined : [{ character, length }];
  }
  const digits = hex ?? unit ?? point ?? byte ?? '';
  const code = decimal === undefined ? Number.parseInt(digits, 16) : Number(decimal);
  return code > 0x10ffff ? undefined : [{ character: String.fromCodePoint(code), length }];
}

function namedCharacter(name: string): string | undefined {
  const [, letter, mark = ''] = /^([a-z])(grave|acute|circ|tilde|uml|ring|cedil)$/.exec(name) ?? [];
  return letter === undefined ? named[name] : `${letter}${combining[mark]}`.normalize('NFC');
}

/** Bytes as UTF-8; those that are none stand for a character each. */
function bytesDecoded(bytes: Buffer): Escaped[] {
  const characters: Escaped[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    const text = bytes.toString('utf8', at, at + wanted);
    // Not to be told by U+FFFD: it may be what was written.
    const isUtf8 = bytes.subarray(at, at + wanted).equals(Buffer.from(text));
    const size = isUtf8 ? Math.min(wanted, bytes.length - at) : 1;
    const character = isUtf8 ? text : String.fromCharCode(lead);
    characters.push({ character, length: '%00'.length * size });
    at += size;
  }
  return characters;
}

/** In lower case, with as many units as before. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/./gsu, (one) => {
    const small = one.toLowerCase();
    return small.length === one.length ? small : one;
  });
}
