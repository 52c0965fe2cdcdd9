import type { PageElement } from '../page/html-document.js';

/** Attributes by which a script knows what to load, or when. */
const tellsScript =
  /^(?:data-(?:.*-)?(?:page|offset|cursor|next|url|href|src|load|action|target-page)|hx-.*|x-on:.*|@.*|v-on:.*|ng-click|wire:.*|up-.*)$/;

/** Whether an element is a link of which no attribute tells a script what to load. */
export function isPlainLink({ name, attribs }: PageElement): boolean {
  if (name !== 'a' || !/^(?:\s*return false;?\s*)?$/.test(attribs.onclick ?? '')) return false;
  return !Object.keys(attribs).some((attribute) => tellsScript.test(attribute));
}

/** Whether an element is a plain link, and what is written as its address leads nowhere. */
export function leadsNowhere(element: PageElement, written: string): boolean {
  return (
    isPlainLink(element) && /^(?:#!?|javascript:\s*(?:void\s*\(?\s*0\s*\)?)?\s*;?)$/i.test(written)
  );
}
