import type { Column } from './column.js';
import { differentIn, filledIn } from './column.js';
import type { LearnedRule } from './learned-rule.js';
import { isPosition } from './positions.js';
import {
  type PageRows,
  valuesIn,
  type WrittenItem,
  type WrittenRule,
  withFilters,
} from './written-rule.js';

type TextName = 'title' | 'caption' | 'sender' | 'fileName' | 'rotation';

/** What the places of texts are called: attributes, classes and members of JSON, the likeliest first. */
const names: Record<TextName, RegExp[]> = {
  fileName: [
    /^(?:data-)?(?:original)?_?file_?-?name$|^originalname$/,
    /^(?:name|title|alt|data-title)$/,
  ],
  title: [
    /^(?:data-)?(?:title|name|headline|subject)$/,
    /(?:^|[\s._-])(?:title|name|heading)(?:$|[\s_-])/,
    /^(?:alt|aria-label)$/,
  ],
  caption: [
    /(?:^|[\s._-])(?:caption|description|desc|legend|comment|sub-html|message|beschreibung|descripci[oó]n)(?:$|[\s_-])/,
    /^figcaption/,
    /^(?:text|body|content)$/,
  ],
  sender: [
    /(?:^|[\s._-])(?:author|sender|owner|uploader|uploaded-?by|posted-?by|photographer|creator|credit|byline|user-?name)(?:$|[\s_-])/,
  ],
  rotation: [/^(?:data-)?(?:rot|rotate|rotation)$/],
};
/** Members of an object that says who sent a photo. */
const personPath =
  /\.(?:author|sender|owner|user|uploader|creator|createdby|postedby|photographer|group)\.(?:name|displayname|fullname|username|title)$/;
const fileEnding =
  /\.(?:jpe?g|jfif|png|gif|webp|heic|heif|avif|tiff?|bmp|dng|cr2|nef|arw|mp4|mov|m4v|webm|avi|mkv|3gp)$/i;
/** Share of the rows that must have a text. */
const leastFilled = 0.25;
/** Most UTF-16 units of a caption; a longer text is a page's. */
const mostLength = 2000;

/** Finds title, caption, sender, file name and rotation. */
export function textRules(
  place: PageRows,
  columns: readonly Column[],
  item: WrittenItem,
  prefix: string,
): LearnedRule[] {
  const used = new Set<string>();
  const rules: LearnedRule[] = [];
  const add = (name: TextName, rule: WrittenRule, values: readonly (string | undefined)[]) => {
    used.add(JSON.stringify(values));
    const seenOn = `${filledIn(values)} of ${values.length} rows`;
    rules.push({ place: `${prefix}.${name}`, rule, seenOn });
  };
  const fileName = fileNameIn(place, columns, item);
  if (fileName !== undefined) add('fileName', fileName.rule, fileName.values);
  for (const name of ['caption', 'title', 'sender', 'rotation'] as const) {
    const able = columns.filter((column) => isText(column, name));
    const found = names[name].flatMap((pattern) =>
      able.filter((column) => pattern.test(column.name) || isPerson(column, name)),
    );
    const column = found.find(
      ({ values }) => !used.has(JSON.stringify(values)) && !isFileName(values, fileName?.values),
    );
    if (column !== undefined) add(name, readable(column), column.values);
  }
  return rules;
}

/**
 * Finds title, caption and sender on the photos' own pages: where nothing is said of one, its page has no
 * such place. A title counts only where all pages have it.
 *
 * @param fileNames of the photo that each page is of, where it is known
 */
export function ownTexts(
  columns: readonly Column[],
  fileNames: readonly (string | undefined)[],
  prefix: string,
): LearnedRule[] {
  return (['caption', 'title', 'sender'] as const).flatMap((name) => {
    const column = columns.find(
      (one) =>
        one.source.attribute === undefined &&
        isText(one, name) &&
        ownNames[name].test(one.name) &&
        (name !== 'title' || one.values.every((value) => value !== undefined)) &&
        !one.values.some((value, page) => isAboutFile(value, fileNames[page])),
    );
    if (column === undefined) return [];
    const { source, values } = column;
    const seenOn = `${filledIn(values)} of ${values.length} rows`;
    return [{ place: `${prefix}.${name}`, rule: source, seenOn }];
  });
}

/** What the places of texts are called on a photo's own page. */
const ownNames: Record<'title' | 'caption' | 'sender', RegExp> = {
  title: /^h1(?:$|\s)|(?:^|[\s._-])(?:title|heading)(?:$|[\s_-])/,
  caption: names.caption[0] as RegExp,
  sender: names.sender[0] as RegExp,
};

/** Whether a text is what the program or the camera says of the file, or counts the photos: `3 of 20`. */
function isAboutFile(text: string | undefined, fileName: string | undefined): boolean {
  if (text === undefined) return false;
  if (
    fileEnding.test(text) ||
    /^\D*\d+ ?(?:\/|of|von|de|sur|di|van|av|af|из) ?\d+\D*$/.test(text)
  ) {
    return true;
  }
  return (
    fileName !== undefined && (text.includes(fileName) || text === fileName.replace(fileEnding, ''))
  );
}

/** A text in JSON may be HTML. */
function readable({ source, tag, values }: Column): WrittenRule {
  const isHtml =
    (tag === '' || source.attribute !== undefined) &&
    values.some((value) => /<\/?[a-z]+[^>]*>|&(?:amp|quot|#\d+);/i.test(value ?? ''));
  return isHtml ? withFilters(source, 'html') : source;
}

function isPerson({ source, tag }: Column, name: TextName): boolean {
  return name === 'sender' && tag === '' && personPath.test((source.select ?? '').toLowerCase());
}

function isText({ source, values, tag }: Column, name: TextName): boolean {
  const texts = values.filter((value) => value !== undefined);
  if (texts.length < values.length * leastFilled || texts.length === 0) return false;
  if (source.text !== undefined) return false;
  if (texts.some((text) => text.length > mostLength || /^(?:https?:)?\/\//.test(text)))
    return false;
  if (name === 'rotation') return texts.every((text) => /^(?:Rotate\w+|-?\d{1,3})$/.test(text));
  if (tag === 'form' || tag === 'input' || tag === 'option') return false;
  if (texts.every((text) => /^[\d\s.,:/-]+$/.test(text)) || isPosition(texts)) return false;
  // The same text in every row is the site's own, unless it says who sent them.
  return (
    name === 'sender' ||
    differentIn(values) > Math.max(1, texts.length * 0.1) ||
    values.length === 1
  );
}

/** Whether texts are file names, with or without their endings. */
function isFileName(
  values: readonly (string | undefined)[],
  files: readonly (string | undefined)[] | undefined,
): boolean {
  const without = (text: string | undefined) => text?.replace(fileEnding, '').replace(/_/g, ' ');
  const same = values.filter((value, row) => {
    if (value === undefined || fileEnding.test(value) || /[\s_-]thumb(?:nail)?$/i.test(value)) {
      return true;
    }
    const file = files?.[row];
    return file !== undefined && (value.startsWith(file) || without(value) === without(file));
  });
  return same.length > values.length * 0.8;
}

function fileNameIn(
  place: PageRows,
  columns: readonly Column[],
  item: WrittenItem,
): { rule: WrittenRule; values: readonly (string | undefined)[] } | undefined {
  const isFile = ({ values, source }: Column) =>
    source.of === undefined &&
    !/^(?:src|href|srcset|poster)$/.test(source.attribute ?? '') &&
    values.every(
      (value) => value === undefined || (fileEnding.test(value) && !/[/?]/.test(value)),
    ) &&
    filledIn(values) > values.length * 0.9;
  const named = columns.filter(isFile);
  const column = names.fileName.flatMap((pattern) =>
    named.filter(({ name }) => pattern.test(name)),
  )[0];
  if (item.original?.some(({ on }) => on !== 'detail')) {
    const rule: WrittenRule = { from: 'original', filters: ['file'] };
    const values = valuesIn(place, { ...item, fileName: rule }, 'fileName');
    const isNamed = values.every((value) => value !== undefined && fileEnding.test(value));
    // Names of a machine's own, such as those of a hash, are no better than the id.
    if (isNamed && column === undefined) return { rule, values };
    if (isNamed && values.every((value, row) => value === column?.values[row]))
      return { rule, values };
  }
  const text = column ?? named.find(({ tag }) => tag !== '');
  return text && { rule: text.source, values: text.values };
}
