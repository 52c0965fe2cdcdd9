import type { PageElement } from '../page/html-document.js';
import { choosesPage } from './further-page.js';
import { ancestors } from './page-content.js';

/** What pressing a button of a form does, as far as the page's source says it. */
export interface FormWay {
  /** The form's address as it is written; with its fields, where they go into it. */
  address: string;
  /** What it sends: its address alone, a body, or words that a person writes first. */
  sends: 'address' | 'body' | 'words';
  /** Whether it sends the number of a page behind the first. */
  choosesPage: boolean;
}

/** The fields of each form of a page, in its order. */
export type FormFields = ReadonlyMap<PageElement, readonly PageElement[]>;

/** Finds the fields of a page's forms. */
export function formFields(elements: readonly PageElement[]): FormFields {
  const found = new Map<PageElement, PageElement[]>();
  for (const element of elements) {
    const form = element.name === 'input' ? formOf(element) : undefined;
    if (form === undefined) continue;
    const fields = found.get(form);
    if (fields === undefined) found.set(form, [element]);
    else fields.push(element);
  }
  return found;
}

/** Where a button of a form leads; undefined where an element is none, or has no form. */
export function formWay(button: PageElement, fieldsOf: FormFields): FormWay | undefined {
  const form = /^(?:button|input)$/.test(button.name) ? formOf(button) : undefined;
  if (form === undefined) return undefined;
  const fields = fieldsOf.get(form) ?? [];
  const { action = '', method = '' } = form.attribs;
  const sent = [...fields.filter(isHidden), button];
  const turns = sent.some(
    ({ attribs: { name = '', value = '' } }) =>
      choosesPage(name) && /^[1-9]\d{0,6}$/.test(value) && value !== '1',
  );
  const way = { address: action, choosesPage: turns };
  if (fields.some(isWritten)) return { ...way, sends: 'words' };
  if (/^post$/i.test(method)) return { ...way, sends: 'body' };
  const query = sent.flatMap(({ attribs: { name, value = '' } }) =>
    name === undefined ? [] : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const address = `${action.replace(/[?#].*/, '')}?${query.join('&')}`;
  return { ...way, address, sends: 'address' };
}

function isHidden({ attribs: { type = '' } }: PageElement): boolean {
  return /^hidden$/i.test(type);
}

function isWritten({ attribs: { type = '' } }: PageElement): boolean {
  return !/^(?:hidden|submit|image|button)$/i.test(type);
}

function formOf(element: PageElement): PageElement | undefined {
  for (const one of ancestors(element)) if (one.name === 'form') return one;
  return undefined;
}
