import { decodeValid } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import { pictureEnding } from '../survey/find-photos.js';
import { shortText } from '../survey/page-content.js';
import {
  accompanying,
  changingIcons,
  changingVerbs,
  changingWords,
  removingWords,
  signOutWords,
} from './changing-words.js';
import { anyOf, longestLabel, plainWords } from './plain-words.js';

/** Words of scripts that put no spaces between them. */
const unspacedWords = new RegExp(
  anyOf(
    [...signOutWords, ...removingWords, ...changingVerbs, ...accompanying].filter((word) =>
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(word),
    ),
  ),
  'gu',
);

/** A number that is no year: a count or an id. */
const number = /^(?:\d{1,3}|\d{5,}|(?!19|20)\d{4})$/;
/** Most words of a phrase in the lists. */
const longestPhrase = 5;

/**
 * Labels that say what is done and to what, and nothing else: “Delete this photo” is one, “Delete-Bay
 * 2014” is not.
 */
interface Label {
  verbs: ReadonlySet<string>;
  /** What may stand before the verb; anything that may stand behind it, if it is left out. */
  leading?: ReadonlySet<string>;
}

const setOf = (words: readonly string[]) => new Set(words.map(plainWords));
const others = setOf([...accompanying, ...changingWords, ...changingVerbs]);
const signOutLabel: Label = { verbs: setOf(signOutWords) };
const removingLabel: Label = { verbs: setOf(removingWords) };
const verbLabel: Label = { verbs: setOf(changingVerbs) };
const englishLabel: Label = {
  verbs: setOf(changingWords),
  leading: setOf(
    'please click here to btn button icon js fa fas far bi glyphicon do action special e'.split(
      ' ',
    ),
  ),
};

type Labels = readonly Label[];
/** What no album is called, wherever in an address it stands. */
const plainLabels: Labels = [signOutLabel, removingLabel];
const allLabels: Labels = [...plainLabels, verbLabel, englishLabel];

/** The verb of a label; undefined where the words are none. */
function verbOf(text: string, { verbs, leading }: Label): string | undefined {
  const words = text.split(' ');
  const isOther = (phrase: string) => others.has(phrase) || number.test(phrase);
  const isLeading = (phrase: string) => leading?.has(phrase) ?? isOther(phrase);
  const isFollowing = (phrase: string) => verbs.has(phrase) || isOther(phrase);
  for (const at of placesFrom(0, words, isLeading)) {
    for (const phrase of phrasesAt(at, words)) {
      if (!verbs.has(phrase)) continue;
      const behind = at + phrase.split(' ').length;
      if (placesFrom(behind, words, isFollowing).has(words.length)) return phrase;
    }
  }
  return undefined;
}

/** The places between words that are reached from one of them over phrases that are accepted. */
function placesFrom(
  start: number,
  words: readonly string[],
  accepts: (phrase: string) => boolean,
): Set<number> {
  const places = new Set([start]);
  for (const at of places) {
    for (const phrase of phrasesAt(at, words)) {
      if (accepts(phrase)) places.add(at + phrase.split(' ').length);
    }
  }
  return places;
}

/** The phrases that begin at a place, the longest first. */
function phrasesAt(at: number, words: readonly string[]): string[] {
  const most = Math.min(longestPhrase, words.length - at);
  return Array.from({ length: most }, (_, index) => words.slice(at, at + most - index).join(' '));
}

/** The word in a label that says that something is changed. */
function wordIn(text: string | undefined, labels: Labels): string | undefined {
  if (text === undefined || text.length >= longestLabel) return undefined;
  const words = plainWords(text).replace(unspacedWords, ' $& ').replace(/ +/g, ' ').trim();
  return labels.map((label) => verbOf(words, label)).find((word) => word !== undefined);
}

/**
 * Whether a request to an address may change something on its site: end the session, delete, vote,
 * share, buy, and the like.
 *
 * @param element what leads there: its texts, names and scripts are read too
 * @returns the word that says so, without accents; undefined where none does
 */
export function mayChange(url: URL, element?: PageElement): string | undefined {
  return changeIn(url, element, allLabels);
}

/** Whether a link, button or form ends the session, by its address, texts and names. */
export function signsOut(url: URL | undefined, element?: PageElement): boolean {
  return changeIn(url, element, [signOutLabel]) !== undefined;
}

function changeIn(
  url: URL | undefined,
  element: PageElement | undefined,
  labels: Labels,
): string | undefined {
  const ofAddress = url && (wordInPath(url, labels) ?? wordInQuery(url, labels));
  if (ofAddress !== undefined || element === undefined) return ofAddress;
  return wordAt(element, isOfFile(url, element) ? plainOf(labels) : labels);
}

/** Whether a file is fetched there: “Save” and “Share” are said of it then, and change nothing. */
function isOfFile(url: URL | undefined, { attribs }: PageElement): boolean {
  return 'download' in attribs || (url?.search === '' && pictureEnding.test(url.pathname));
}

function plainOf(labels: Labels): Labels {
  return labels.filter((label) => plainLabels.includes(label));
}

/** An id in a path, and no year. */
const id = /^(?:(?!(?:19|20)\d\d$)\d+|(?=.*\d)[\da-f-]{8,})$/i;
const programEnding = /\.(?:php\d?|aspx?|html?|jspx?|do|cgi|pl|action|json|xml)$/i;
/** Albums that are shared have addresses such as /share/KEY. */
const sharing = /^(?:share|teilen|partager|compartir|condividi|delen|dela)$/;

function wordInPath(url: URL, labels: Labels): string | undefined {
  return pictureEnding.test(url.pathname) ? undefined : wordInParts(url.pathname, labels);
}

function wordInParts(path: string, labels: Labels): string | undefined {
  const parts = path
    .split('/')
    .map((part) => decodeValid(part).replace(/;.*/s, '').replace(programEnding, ''))
    .filter(Boolean);
  const plain = plainOf(labels);
  for (const [index, part] of parts.entries()) {
    const rest = parts.slice(index + 1);
    const isLast = rest.every((one) => id.test(one) || wordIn(one, allLabels) !== undefined);
    const word = wordIn(part, isLast ? labels : plain);
    if (word !== undefined && (rest.length === 0 || !sharing.test(word))) return word;
  }
  return undefined;
}

/** Parameters that say what is to be done. */
const doing =
  /^(?:_?method|action\w*|act|do\w{0,6}|op|operation|cmd|command|task|mode|event|func|function|fn|fuseaction|todo|verb|a|m)$/i;
/** Parameters with a name that people give. */
const naming =
  /^(?:.*(?:album|title|query|search|tag|name|folder|dir|path|categor|gallery|galerie|file|photo|image).*|q|s|cat|u|user)$/i;
/** Parameters that sort a list, or that any form sends. */
const harmless = /^(?:order|submit|update|move|save|create)$/;

function wordInQuery({ search }: URL, labels: Labels): string | undefined {
  for (const [name, value] of new URLSearchParams(search.replaceAll(';', '&'))) {
    const word = wordInParameter(name, value, labels);
    if (word !== undefined) return word;
  }
  return undefined;
}

function wordInParameter(name: string, value: string, labels: Labels): string | undefined {
  if (doing.test(name)) return wordIn(value, labels);
  if (name.includes('/')) return pictureEnding.test(name) ? undefined : wordInParts(name, labels);
  const isOff = /^(?:0|false|no|off)$/i.test(value);
  const ofName = isOff ? undefined : wordIn(name, labels);
  if (ofName !== undefined && !harmless.test(ofName)) return ofName;
  if (value.includes('/'))
    return pictureEnding.test(value) ? undefined : wordInParts(value, labels);
  // MediaWiki’s own pages: title=Special:UserLogout.
  if (naming.test(name)) return wordIn(/^[^\s:]+:(\S+)$/.exec(value)?.[1], [signOutLabel]);
  const plain = plainOf(labels);
  return value
    .split('.')
    .map((part) => wordIn(part, plain))
    .find((word) => word !== undefined);
}

const labelling = ['title', 'aria-label', 'alt', 'value', 'data-tooltip', 'data-original-title'];
const handling = /^on(?:click|mousedown|touch(?:start|end)|submit)$|click|^data-(?:.*-)?action$/i;
const posting = /^(?:data-(?:turbo-)?method|formmethod|hx-(?:post|put|patch|delete))$/i;
const asking = /^(?:data-(?:.*-)?confirm(?:-.*)?|hx-confirm)$/i;

function wordAt(element: PageElement, labels: Labels): string | undefined {
  const { attribs } = element;
  const texts = [shortText(element), ...labelling.map((name) => attribs[name])];
  const names = `${attribs.class ?? ''} ${attribs.id ?? ''}`.split(/\s+/);
  return [
    ...texts.map((text) => wordIn(text, labels)),
    ...names.map((name) => wordIn(name, labels)).filter((word) => !harmless.test(word ?? '')),
    ...Object.entries(attribs).map(([name, value]) => wordInAttribute(name, value, labels)),
    labels === allLabels ? iconIn(element) : undefined,
  ].find((word) => word !== undefined);
}

/** The icon of a link or button that has no words: one with a photo or words in it only adorns them. */
function iconIn(element: PageElement): string | undefined {
  const text = shortText(element);
  if (/[\p{L}\p{N}]/u.test(text)) return undefined;
  const names = [text];
  const waiting = [...element.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('attribs' in node)) continue;
    const { class: classes = '', title = '', href = '', src = '' } = node.attribs;
    const isPhoto = node.name === 'picture' || (node.name === 'img' && !/icon/i.test(src));
    if (isPhoto || names.length > mostIcons) return undefined;
    names.push(classes, title, href, src);
    waiting.push(...node.children);
  }
  return names.map((name) => changingIcons.exec(name)?.[0]).find((word) => word !== undefined);
}

/** Names that are read of what stands in a link. */
const mostIcons = 40;

function wordInAttribute(name: string, value: string, labels: Labels): string | undefined {
  if (handling.test(name)) return wordInScript(value, labels);
  if (labels !== allLabels) return undefined;
  if (posting.test(name)) return /^get$/i.test(value.trim()) ? undefined : wordOfPost(name, value);
  return asking.test(name) && value !== '' && value !== 'false' ? 'confirm' : undefined;
}

function wordOfPost(name: string, value: string): string {
  return name.startsWith('hx-') ? name.slice('hx-'.length) : plainWords(value) || 'post';
}

/** Names of functions and the like; what stands in quotes may be the name of an album. */
function wordInScript(script: string, labels: Labels): string | undefined {
  const names = script.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, ' ').match(/[\p{L}_$][\p{L}\p{N}_$]*/gu);
  const words = (names ?? []).map((name) => wordIn(name, labels));
  const word = words.find((one) => one !== undefined);
  return word ?? (labels === allLabels && names?.includes('confirm') ? 'confirm' : undefined);
}
