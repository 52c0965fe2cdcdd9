import { randomBytes } from 'node:crypto';
import { DecodedText } from '../text/decoded-text.js';

/** A part of a text. */
export interface Span {
  from: number;
  to: number;
}

/** Characters below which a secret is no secret: it would take half of every text with it. */
const shortestSecret = 4;
/** Letters and digits in a row that make up no word any more. */
const longestWord = 20;
/** Values of one cookie that are remembered: a site may change it with every answer. */
const mostValues = 64;
/** Names under which passwords are sent. */
const passwordName = /pass|pwd|^pw$|kennwort/i;
/** A name and a value in an address, a form's data or a cookie; or an account before a host. */
const parameter =
  /(?<=[?&;]|u0026|^)([^\s?&;=#"'<>]{1,80})=([^\s&;#"'<>]+)|(?<=:\/\/)[^\s/?#"'<>@]+(?=@)/g;
/** Stands between texts that are searched together: in no name or value, and no part of an escape. */
const separator = '"|;';
/** Where a text was cut, behind what may be left of an escape. */
const cut = /(%[0-9a-f]?|&#?\w{0,7}|\\+(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?)?(?:…|\.{3}|$)/gi;

/**
 * What opens an album and must not be kept: the password, the values of cookies, tokens. It finds
 * them in texts, however they are written there.
 *
 * - A secret of fewer than four characters is left where it stands.
 * - So is one that might be the site's own word, such as a password "photo" or a cookie "summer-2016":
 *   words or numbers, a number before or behind a word, of fewer than twenty characters each, perhaps
 *   with signs of addresses between them. To strike it would strike the site's titles, captions and
 *   addresses. Such a password is struck where passwords stand: as the value of a field or a parameter
 *   under the name that it was sent with, or one that says password, and before the `@` of an address.
 */
export class Secrets {
  /** By the name of the cookie, say: its last values, each with the ways to look for it. */
  readonly #values = new Map<string, Map<string, readonly string[]>>();
  /** Decoded passwords, each with the decoded names of the fields that it is sent in. */
  readonly #passwords = new Map<string, ReadonlySet<string>>();
  readonly #marks = new Map<string, string>();
  readonly #marked = new Map<string, string>();

  /** Remembers a secret. @param name what it is the value of: a cookie, a header */
  add(name: string, value: string): void {
    const values = this.#values.get(name) ?? new Map<string, readonly string[]>();
    this.#values.set(name, values);
    const needles = values.get(value) ?? needlesFor(value);
    // The last one used comes last.
    values.delete(value);
    if (needles.length > 0) values.set(value, needles);
    const [oldest] = values.keys();
    if (values.size > mostValues && oldest !== undefined) values.delete(oldest);
  }

  /** Remembers a password or a one-time code. @param names of the fields that it is sent in */
  addPassword(password: string, names: readonly string[]): void {
    if (password === '') return;
    const plainNames = names.map((name) => new DecodedText(name).plain);
    this.#passwords.set(new DecodedText(password).plain, new Set(plainNames));
    this.addUnlessWords('password', password);
  }

  /** Remembers a secret, unless it might be a word of the site's. @param name as {@link add} has it */
  addUnlessWords(name: string, value: string): void {
    if (!mayBeWords(value)) this.add(name, value);
  }

  /** Whether a value is a password, under a name that it is sent with. */
  isPassword(name: string, value: string): boolean {
    const names = this.#passwords.get(new DecodedText(value).plain);
    return names !== undefined && maySend(names, name);
  }

  /** Whether a password may stand under a name. */
  sendsPassword(name: string): boolean {
    return [...this.#passwords.values()].some((names) => maySend(names, name));
  }

  /** Where secrets stand in a text, one after the other. */
  find(text: string): Span[] {
    return merged([...this.#findValues(text), ...this.#findPassword(text)]);
  }

  /** A text of the site's with a mark in place of each secret. {@link reveal} puts them back. */
  hide(text: string): string {
    return this.#marking(text, this.find(text));
  }

  /** A text or a value of JSON, with all texts in it hidden. */
  hideIn<Value>(value: Value): Value {
    // Hardly any text holds a secret, and one search through all of them takes less time than many.
    const isFree = this.find([...textsIn(value)].join(separator)).length === 0;
    return isFree ? value : (mapTexts(value, (text) => this.hide(text)) as Value);
  }

  /** As {@link hide}, in a message: where that was cut, the beginning of a secret may be left. */
  hideInMessage(message: string): string {
    return this.#marking(message, merged([...this.find(message), ...this.#findCut(message)]));
  }

  /** Puts the secrets back in the place of their marks, for an address that is to be requested. */
  reveal(address: string): string {
    if (this.#marked.size === 0) return address;
    return address.replace(/\[secret-[0-9a-f]{12}\]/g, (mark) => this.#marked.get(mark) ?? mark);
  }

  #marking(text: string, spans: readonly Span[]): string {
    return replaceSpans(text, spans, (secret) => this.#markFor(secret));
  }

  /** A mark that no site can guess, so that none gets a secret by naming its mark. */
  #markFor(secret: string): string {
    const known = this.#marks.get(secret);
    if (known !== undefined) return known;
    const mark = `[secret-${randomBytes(6).toString('hex')}]`;
    this.#marks.set(secret, mark);
    this.#marked.set(mark, secret);
    return mark;
  }

  *#needles(): Generator<string> {
    for (const values of this.#values.values()) {
      for (const needles of values.values()) yield* needles;
    }
  }

  *#findValues(text: string): Generator<Span> {
    if (this.#values.size === 0) return;
    const decoded = new DecodedText(text);
    const { plain } = decoded;
    for (const needle of this.#needles()) {
      for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + 1)) {
        yield decoded.placeOf(at, at + needle.length);
      }
    }
  }

  *#findPassword(text: string): Generator<Span> {
    if (this.#passwords.size === 0 || !/[=@]/.test(text)) return;
    for (const { 0: all, 1: name, 2: value, index } of text.matchAll(parameter)) {
      const end = index + all.length;
      const [, password = ''] = name === undefined ? (/:(.*)/s.exec(all) ?? []) : [];
      const found = name === undefined ? password : (value ?? '');
      if (this.isPassword(name ?? 'password', found)) yield { from: end - found.length, to: end };
    }
  }

  *#findCut(message: string): Generator<Span> {
    for (const { index, 1: begun = '' } of message.matchAll(cut)) {
      yield* this.#findAtEnd(message.slice(0, index));
      if (begun !== '') yield* this.#findAtEnd(message.slice(0, index + begun.length));
    }
  }

  /** The beginning of a secret at the end of a text. */
  *#findAtEnd(text: string): Generator<Span> {
    const decoded = new DecodedText(text);
    const { plain } = decoded;
    for (const needle of this.#needles()) {
      const beginning = needle.slice(0, shortestSecret);
      const first = Math.max(0, plain.length - needle.length);
      for (let at = plain.indexOf(beginning, first); at >= 0; ) {
        if (needle.startsWith(plain.slice(at))) yield decoded.placeOf(at, plain.length);
        at = plain.indexOf(beginning, at + 1);
      }
    }
  }
}

/** Whether a mark of {@link Secrets.hide} stands in a text, which only the run that made it can reveal. */
export function holdsMark(text: string): boolean {
  return text.includes('[secret-');
}

/** The text with another one in the place of each span. */
export function replaceSpans(
  text: string,
  spans: readonly Span[],
  replacement: (part: string) => string,
): string {
  let [replaced, at] = ['', 0];
  for (const { from, to } of spans) {
    replaced += text.slice(at, from) + replacement(text.slice(from, to));
    at = to;
  }
  return replaced + text.slice(at);
}

/** Spans in order, those that overlap as one. */
function merged(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from < last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}

/** Whether a password is sent under a name. @param names of its own fields, decoded */
function maySend(names: ReadonlySet<string>, name: string): boolean {
  return passwordName.test(name) || names.has(new DecodedText(name).plain);
}

/** Whether a secret might be a word of the site's: see {@link Secrets}. */
function mayBeWords(secret: string): boolean {
  const parts = (readable(secret) ?? secret).replace(/%[0-9a-f]{2}/gi, ' ').split(/[\s._~:=,/?-]+/);
  return parts.every(
    (part) =>
      part.length < longestWord && /^(?:[\p{L}\p{M}]*\p{N}*|\p{N}*[\p{L}\p{M}]*)$/u.test(part),
  );
}

/** The text of which a secret has the octets of UTF-8, one character each, as headers have them. */
function readable(secret: string): string | undefined {
  const octets = Buffer.from(secret, 'latin1');
  const text = octets.toString();
  return octets.toString('latin1') === secret && Buffer.from(text).equals(octets)
    ? text
    : undefined;
}

/** What to look for in decoded texts: the secret as text, and in base64 at each of its three places. */
function needlesFor(secret: string): string[] {
  const texts = [...new Set([secret, readable(secret) ?? secret])];
  const bytes = texts.map((text) => Buffer.from(text));
  const needles = [...texts, ...bytes.flatMap(base64Parts)].map(
    (text) => new DecodedText(text).plain,
  );
  return [...new Set(needles)].filter((needle) => needle.length >= shortestSecret);
}

/** How bytes stand in base64, alone or in the midst of others, in both of its alphabets. */
function base64Parts(bytes: Buffer): string[] {
  const parts = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // Six bits a character: those that hold bits of other bytes differ.
    const isPartial = (before + bytes.length) % 3 !== 0;
    return text.slice(Math.ceil((before * 8) / 6), isPartial ? -1 : undefined);
  });
  const alone = bytes.toString('base64').replace(/=+$/, '');
  return [alone, ...parts]
    .filter((part) => part.length > shortestSecret)
    .flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')]);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) yield* textsIn(one);
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]),
  );
}
