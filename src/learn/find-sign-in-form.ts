import { Form } from '../page/form.js';
import { type Control, isSubmitButton, nameOf, typeOf } from '../page/form-control.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { ancestors, shortText } from '../survey/page-content.js';
import { namesOtherPurpose, namesSignIn } from './sign-in-words.js';

/** A form of a page that looks like the one to sign in with. */
export interface FoundForm {
  form: Control;
  /** The name of its field for the user; undefined where it asks for a password alone. */
  username: string | undefined;
  /** The name of its field for the password. */
  password: string;
  /** The button to press; undefined where the form’s first is the one, or it has none. */
  button: Control | undefined;
  /** Forms on the page. */
  formCount: number;
}

/** Fields up to the buttons behind them: a form of ASP.NET holds all the forms of a page in one. */
interface Section {
  fields: Control[];
  buttons: Control[];
}

/**
 * Finds the form to sign in with among those for searching, registering, a newsletter or a new password.
 *
 * @returns undefined where there is none that can be sent without the page’s scripts
 */
export function findSignInForm(page: Page): FoundForm | undefined {
  const forms = page.document('form').toArray();
  const found = forms.flatMap((element) => {
    const form = page.document(element) as Control;
    const sections = sectionsOf(new Form(page, form).controls());
    return sections.flatMap((section) => signInSection(form, section, sections, page) ?? []);
  });
  const [best] = found.sort((one, two) => two.score - one.score);
  return best === undefined || best.score < 0 ? undefined : { ...best, formCount: forms.length };
}

/** The fields of a form, up to each of its buttons. */
export function sectionsOf(controls: readonly Control[]): Section[] {
  const sections: Section[] = [{ fields: [], buttons: [] }];
  for (const control of controls) {
    const last = sections.at(-1) as Section;
    if (isSubmitButton(control)) last.buttons.push(control);
    else if (!isWritten(control)) continue;
    else if (last.buttons.length === 0) last.fields.push(control);
    else sections.push({ fields: [control], buttons: [] });
  }
  return sections;
}

/** Whether a person writes into a control, and sees it. */
function isWritten(control: Control): boolean {
  if (!/^(?:text|email|tel|number|search|password|url|textarea)$/.test(typeOf(control)))
    return false;
  return control.attr('disabled') === undefined && !isUnseen(control);
}

/** Fields that only programs fill in are hidden from people. */
function isUnseen(control: Control): boolean {
  const { attribs } = elementOf(control);
  const style = /display:\s*none|visibility:\s*hidden|left:\s*-\d{3,}/i;
  return (
    'hidden' in attribs ||
    style.test(attribs.style ?? '') ||
    (attribs.tabindex === '-1' && attribs['aria-hidden'] === 'true') ||
    style.test(elementOf(control.parent() as Control)?.attribs.style ?? '') ||
    /honey|\bhp\b/i.test(`${attribs.class} ${attribs.id} ${attribs.name}`)
  );
}

type ScoredForm = Omit<FoundForm, 'formCount'> & { score: number };

function signInSection(
  form: Control,
  section: Section,
  sections: readonly Section[],
  page: Page,
): ScoredForm | undefined {
  const passwords = section.fields.filter((field) => typeOf(field) === 'password');
  const [password] = passwords;
  if (password === undefined || passwords.length > 1 || nameOf(password) === '') return undefined;
  if (!staysOnSite(form, page)) return undefined;
  const before = section.fields.slice(0, section.fields.indexOf(password));
  const username = usernameOf(before);
  if (username !== undefined && nameOf(username) === '') return undefined;
  const button = buttonOf(section.buttons);
  if (!isPosted(form, button)) return undefined;
  const pressed = new Form(page, form).submitter(undefined);
  return {
    form,
    username: username && nameOf(username),
    password: nameOf(password),
    button: button !== undefined && pressed?.is(button) !== true ? button : undefined,
    score: scoreOf(form, section, { password, username, button }, sections.length === 1),
  };
}

/**
 * Whether a form is posted. Any other that signs in is sent by a script of the page: sent without it, what
 * is typed would be in an address.
 */
export function isPosted(form: Control, button: Control | undefined): boolean {
  return /^post$/i.test(button?.attr('formmethod') ?? form.attr('method') ?? '');
}

/** The password goes nowhere else. */
export function staysOnSite(form: Control, page: Page): boolean {
  const action = form.attr('action') ?? '';
  if (!URL.canParse(action, page.baseUrl)) return false;
  const target = new URL(action, page.baseUrl);
  return action === '' || target.host === new URL(page.url).host;
}

const userField =
  /user|login|mail|account|acct|name|member|kennung|benutzer|konto|log|uid|nick|ident/i;

/** The last field before the password that is one for a user’s name, else the last. */
function usernameOf(before: readonly Control[]): Control | undefined {
  const texts = before.filter((field) => /^(?:text|email|tel|number)$/.test(typeOf(field)));
  const isUser = (field: Control) =>
    /username|email/i.test(field.attr('autocomplete') ?? '') ||
    userField.test(`${nameOf(field)} ${field.attr('id')}`);
  return texts.findLast(isUser) ?? texts.at(-1);
}

/** The button that says so, among others such as “Show password” and “Sign in with Google”. */
export function buttonOf(buttons: readonly Control[]): Control | undefined {
  const isOther = (button: Control) => namesOtherPurpose(labelOf(button));
  return (
    buttons.find((button) => namesSignIn(labelOf(button)) && !isOther(button)) ??
    buttons.find((button) => !isOther(button) && !/show|hide|eye/i.test(labelOf(button))) ??
    buttons[0]
  );
}

/** What a button says. */
export function labelOf(button: Control): string {
  const element = elementOf(button);
  const { value = '', title = '', alt = '' } = element.attribs;
  return `${shortText(element)} ${value} ${title} ${alt} ${element.attribs['aria-label'] ?? ''}`;
}

/** How much speaks for signing in, and not for registering or a new password. */
function scoreOf(
  form: Control,
  { fields }: Section,
  parts: { password: Control; username: Control | undefined; button: Control | undefined },
  isWhole: boolean,
): number {
  const { password, username, button } = parts;
  const autocomplete = password.attr('autocomplete') ?? '';
  const label = button === undefined ? '' : labelOf(button);
  const names = [nameOf(password), password.attr('id') ?? '', label];
  const texts = isWhole ? [...names, ...textsOf(form)] : names;
  const further = fields.length - (username === undefined ? 1 : 2);
  return (
    (texts.some(namesSignIn) ? 4 : 0) +
    (namesSignIn(label) ? 2 : 0) -
    texts.filter(namesOtherPurpose).length * 4 +
    (/current/i.test(autocomplete) ? 2 : 0) -
    (/new/i.test(autocomplete) ? 8 : 0) +
    (username === undefined ? 0 : 2) -
    further * 2
  );
}

/** The names and headings of a form, each of which may say what it is for. */
export function textsOf(form: Control): string[] {
  const element = elementOf(form);
  const { action = '', id = '', name = '', class: classes = '' } = element.attribs;
  const headings = form.find('h1, h2, h3, h4, legend').toArray().map(shortText);
  const before = form.prevAll('h1, h2, h3, h4').first().toArray().map(shortText);
  const [around] = ancestors(element);
  const holder = `${around?.attribs.id ?? ''} ${around?.attribs.class ?? ''}`;
  const path = action.replace(/[?#].*/s, '');
  return [path, `${id} ${name} ${classes}`, holder, ...headings, ...before];
}

function elementOf(control: Control): PageElement {
  return control.toArray()[0] as PageElement;
}
