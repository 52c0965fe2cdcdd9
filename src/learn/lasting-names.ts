import type { PageElement } from '../page/html-document.js';

/**
 * How long a name on a page is likely to last: `own` names were chosen by the page's author for what a
 * thing is; `weak` ones say how it looks or in which state it is.
 */
export type NameKind = 'own' | 'weak';

/** Class names that a style library makes of a hash or a counter. */
const generated = [
  // emotion, styled-components, JSS, Svelte, Astro, Angular, Linaria, Ember, YUI
  /^(?:css|sc|jss|svelte|astro|emotion|ng-tns|linaria|ember|yui)[-_]?[a-z]*\d/i,
  /^(?:css|sc|svelte|astro|emotion)-[a-z\d]{5,}(?:-\w+)?$/i,
  /^(?:makeStyles|withStyles)-/,
  /^Mui\w+-\w+-\d+$/,
  // CSS modules, hash alone: _3kxyz, _1a2b3c4
  /^_+[a-z\d]*\d[a-z\d]*$/i,
  // Atomic classes of large sites: x1lliihq
  /^x[a-z\d]{5,}$/,
];
/** CSS modules: the author's name, then a hash: Gallery_item__2x3Yz, item--a1B2c, styles-module--item--3x */
const moduleClass = /^([A-Za-z][\w-]*?(?:__|--|___))[\w+-]{5,8}$/;
/** Classes of what something looks like: Tailwind, Bootstrap's grid and spacing. */
const utility =
  /^(?:-?[mp][trblxy]?-|(?:min-|max-)?[wh]-|col(?:umns?)?(?:-|$)|row$|span\d|gap-|space-|text-|font-|bg-|border(?:-|$)|rounded|shadow|opacity-|z-|top-|left-|right-|bottom-|inset-|grid(?:-|$)|flex(?:-|$)|inline(?:-|$)|block$|d-|float-|pull-|relative$|absolute$|fixed$|sticky$|overflow-|object-|cursor-|transition|transform|duration-|ease-|hover$|group$|items-|justify-|self-|order-|aspect-|align|clearfix$|center$|left$|right$|small$|large$|medium$|full$|container(?:-fluid)?$|uk-(?:width|child)|is-\d|has-)|:|\[/i;
/** Classes of states, of places in a list and of lazy loading. */
const state =
  /^(?:active|current|selected|hidden|visible|show|fade|in|out|open|closed|first|last|odd|even|alt|new|loaded|loading|lazy(?:load(?:ed|ing)?)?|landscape|portrait|square|wide|tall|horizontal|vertical|js|no-js|clear|entered|ng-[\w-]+|wp-image-\d+|attachment-[\w-]+|size-[\w-]+)$/i;

/** Whether a text looks like a hash: digits and letters in turn, or capitals in the midst of it. */
function looksRandom(name: string): boolean {
  const last = name.split(/[-_]/).at(-1) ?? '';
  const turns = last.match(/\d+|[a-z]+/gi)?.length ?? 0;
  return (
    (last.length >= 5 && turns >= 4) || (last.length >= 8 && /^[\da-f]+$/i.test(last) && turns > 1)
  );
}

/** What kind of name a class is; undefined for one that a program made, or that belongs to one thing. */
export function classKind(name: string): NameKind | undefined {
  if (name.length > 60 || !/^[\w-]+$/u.test(name))
    return utility.test(name) ? undefined : undefined;
  if (generated.some((pattern) => pattern.test(name)) || looksRandom(name)) return undefined;
  if (moduleClass.test(name) && /\d|[a-z][A-Z]/.test(name.slice(name.lastIndexOf('__')))) {
    return undefined;
  }
  if (utility.test(name) || state.test(name)) return 'weak';
  return /\d{2,}/.test(name) ? undefined : /\d/.test(name) ? 'weak' : 'own';
}

/** The part of a class of CSS modules that its author wrote; undefined where it is no such class. */
export function modulePart(name: string): string | undefined {
  const part = moduleClass.exec(name)?.[1];
  return part !== undefined && /\d|[a-z][A-Z]/.test(name.slice(part.length)) ? part : undefined;
}

/** Whether an id names the same thing on every page of its kind, rather than one album or photo. */
export function isLastingId(id: string): boolean {
  return (
    /^[A-Za-z][\w-]*$/.test(id) &&
    !/\d/.test(id) &&
    !looksRandom(id) &&
    !generated.some((pattern) => pattern.test(id))
  );
}

/** The classes of an element that may last. */
export function classesOf({ attribs }: PageElement, kind: NameKind): string[] {
  const names = (attribs.class ?? '').split(/\s+/).filter(Boolean);
  return [...new Set(names)].filter((name) => classKind(name) === kind);
}
