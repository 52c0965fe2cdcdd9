import { Form } from '../page/form.js';
import { type Control, typeOf } from '../page/form-control.js';
import type { Page } from '../page/page.js';
import { attributeSelector } from './element-selector.js';
import type { FoundNameForm } from './find-name-form.js';
import { findSignInForm } from './find-sign-in-form.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { stopgapProof } from './sign-in-proof.js';

/** A form of one of the steps, with what is typed into it. */
interface StepForm {
  page: Page;
  form: Control;
  select: string;
  typed: Readonly<Record<string, string>>;
}

/** What a form sends, and what has to be taken from its page for that. */
interface SentForm {
  post: string;
  form: Record<string, string>;
  take: Record<string, object>;
}

/**
 * Finds out how to sign in by two forms, one after the other: sends the user’s name, and looks for the
 * password’s form on the page behind it.
 *
 * @param page the page with the first form
 * @returns undefined where no such form comes
 */
export async function stepsRule(
  page: Page,
  { form, select, username }: FoundNameForm,
  look: Look,
): Promise<LearnedRule | undefined> {
  const behind = await look.sendUsername?.(page, select, username);
  const found = behind && findSignInForm(behind);
  if (behind === undefined || found === undefined) return undefined;
  const names = new Set<string>();
  const first = sentForm({ page, form, select, typed: { [username]: '{username}' } }, names);
  const second = sentForm(
    {
      page: behind,
      form: found.form,
      select: `form:has(input${attributeSelector('name', found.password)})`,
      typed: {
        ...(found.username !== undefined && { [found.username]: '{username}' }),
        [found.password]: '{password}',
      },
    },
    names,
  );
  const steps = [
    { get: onSite(page.requestedUrl), ...taking(first) },
    { post: first.post, form: first.form, ...taking(second) },
    { post: second.post, form: second.form },
  ];
  const seenOn = `a form for the user’s name on ${onSite(page.url)}, and one for the password behind it`;
  return { place: 'signIn', rule: { by: 'steps', steps, proof: stopgapProof }, seenOn };
}

function taking({ take }: SentForm): object {
  return Object.keys(take).length > 0 ? { take } : {};
}

/** @param names of what was taken so far; those of this form are added */
function sentForm({ page, form, select, typed }: StepForm, names: Set<string>): SentForm {
  const open = new Form(page, form);
  const take: SentForm['take'] = {};
  const hidden = new Set(
    open
      .controls()
      .flatMap((control) => (typeOf(control) === 'hidden' ? [control.attr('name')] : [])),
  );
  const entries = open.entries(open.submitter(undefined), typed, 'UTF-8');
  const fields = entries.map(({ name, value }): [string, string] => {
    const text = String(value);
    if (name in typed || !hidden.has(name) || !mayVary(text)) return [name, text];
    const slot = slotFor(name, names);
    take[slot] = {
      select: `${select} input${attributeSelector('name', name)}`,
      attribute: 'value',
    };
    return [name, `{${slot}}`];
  });
  const action = form.attr('action') ?? '';
  const target = action === '' ? page.url : new URL(action, page.baseUrl).href;
  return { post: onSite(target), form: Object.fromEntries(fields), take };
}

/** Whether a preset value may be another one in the next visit. */
function mayVary(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && !value.startsWith('/');
}

function slotFor(field: string, names: Set<string>): string {
  let name = field.replace(/[^a-zA-Z]/g, '') || 'value';
  while (names.has(name) || /^(?:username|password|code)$/.test(name)) name += 'X';
  names.add(name);
  return name;
}

function onSite(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
