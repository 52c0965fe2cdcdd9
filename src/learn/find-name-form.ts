import { Form } from '../page/form.js';
import { type Control, nameOf, typeOf } from '../page/form-control.js';
import type { Page } from '../page/page.js';
import { shortText } from '../survey/page-content.js';
import {
  buttonOf,
  isPosted,
  labelOf,
  sectionsOf,
  staysOnSite,
  textsOf,
} from './find-sign-in-form.js';
import { namesOtherPurpose, namesSignIn } from './sign-in-words.js';

/** A form that asks for the user’s name alone; a page behind it asks for the password. */
export interface FoundNameForm {
  form: Control;
  /** A selector for the form. */
  select: string;
  /** The name of its field. */
  username: string;
}

/**
 * Finds the form that begins a sign-in in steps, among those for searching, a newsletter and the like.
 *
 * @returns undefined where there is none that can be sent without the page’s scripts
 */
export function findNameForm(page: Page): FoundNameForm | undefined {
  const forms = page.document('form').toArray();
  return forms
    .map((element) => nameFormOf(page.document(element) as Control, page))
    .find((found) => found !== undefined);
}

function nameFormOf(form: Control, page: Page): FoundNameForm | undefined {
  const [section, ...others] = sectionsOf(new Form(page, form).controls());
  const [field, ...more] = section?.fields ?? [];
  if (section === undefined || field === undefined || others.length + more.length > 0) {
    return undefined;
  }
  const username = nameOf(field);
  if (!/^(?:text|email|tel)$/.test(typeOf(field)) || username === '') return undefined;
  const button = buttonOf(section.buttons);
  if (!isPosted(form, button) || !staysOnSite(form, page)) return undefined;
  const texts = [...textsOf(form), button === undefined ? '' : labelOf(button)];
  if (texts.some(namesOtherPurpose)) return undefined;
  const isUser = /username|webauthn/i.test(field.attr('autocomplete') ?? '');
  if (!isUser && ![...texts, ...titlesOf(page)].some(namesSignIn)) return undefined;
  const select = `form:has(input[name="${username.replace(/["\\]/g, '\\$&')}"])`;
  return page.document(select).length === 1 ? { form, select, username } : undefined;
}

function titlesOf({ document: $, url }: Page): string[] {
  const headings = $('title, h1, h2').toArray().map(shortText);
  return [...headings, new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? ''];
}
