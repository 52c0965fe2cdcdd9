import { randomUUID } from 'node:crypto';
import { labelToName } from '@exodus/bytes/encoding.js';
import { plainText } from '../text/plain-text.js';
import { webUrl } from './address.js';
import { encodeText, outputEncoding, percentEncode } from './encode-text.js';
import { Form } from './form.js';
import type { FormEntry } from './form-control.js';
import type { Page } from './page.js';

/** The body of a request, with its content type. */
interface FormBody {
  bytes: Buffer;
  type: string;
}

/** A request that submits a form. */
export interface FormSubmission {
  method: 'GET' | 'POST';
  url: string;
  /** Only with POST. */
  body?: FormBody;
}

/** How a form is filled in and submitted. */
export interface FilledForm {
  /** Values by names of controls. */
  fields: Readonly<Record<string, string>>;
  /** A selector for the button that is pressed; the form's default button without it. */
  button?: string | undefined;
}

/** A form cannot be submitted, for a reason in words. */
export class FormError extends Error {
  override readonly name = 'FormError';
}

/** The application/x-www-form-urlencoded percent-encode set (URL Standard, section 1.3). */
const formSet = ' !"#$%&\'()+,/:;<=>?@[\\]^`{|}~';

type Serialize = (entries: readonly FormEntry[], encoding: string) => Buffer;

/**
 * Submits a form as a browser does (HTML, section 4.10.21.3).
 *
 * @param select the form among those of the page
 * @returns undefined where the page has no such form
 * @throws FormError if the form or the profile's button cannot be used
 */
export function submitForm(
  page: Page,
  select: string,
  { fields, button }: FilledForm,
): FormSubmission | undefined {
  const found = page.document(select).filter('form').first();
  if (found.length === 0) return undefined;
  const form = new Form(page, found);
  const submitter = form.submitter(button);
  if (button !== undefined && submitter === undefined) {
    throw new FormError(`the form has no button ${button} that can be pressed`);
  }
  const attribute = (name: string) => submitter?.attr(`form${name}`) ?? form.attribute(name) ?? '';
  const method = attribute('method').toLowerCase();
  if (method === 'dialog') throw new FormError('the form closes a window and sends nothing');
  const encoding = encodingOf(form, page);
  const entries = form.entries(submitter, fields, encoding).map(withLineBreaks);
  const target = actionUrl(attribute('action'), page);
  target.hash = '';
  if (method !== 'post') {
    target.search = '';
    return { method: 'GET', url: `${target.href}?${urlEncoded(entries, encoding)}` };
  }
  return {
    method: 'POST',
    url: target.href,
    body: bodyOf(entries, attribute('enctype'), encoding),
  };
}

/**
 * Without an action, a form goes to its page's own address, whatever the page's base.
 *
 * @throws FormError for what is not an address
 */
function actionUrl(action: string, page: Page): URL {
  if (action === '') return new URL(page.url);
  const url = webUrl(action, page);
  if (url !== undefined) return url;
  if (URL.canParse(action, page.baseUrl)) return new URL(action, page.baseUrl);
  throw new FormError(`its action “${plainText(action)}” is not an address`);
}

/**
 * The name of the first encoding of accept-charset that is known, else of the page's (section
 * 4.10.21.5). Browsers also take commas between the labels.
 */
function encodingOf(form: Form, page: Page): string {
  const labels = form.attribute('accept-charset')?.split(/[\t\n\f\r ,]+/) ?? [];
  const name = [...labels, page.encoding].map(labelToName).find((known) => known !== null);
  return outputEncoding(name ?? 'UTF-8');
}

function bodyOf(entries: readonly FormEntry[], enctype: string, encoding: string): FormBody {
  const type = enctype.toLowerCase();
  if (type === 'multipart/form-data') {
    const boundary = `----photo-escape-${randomUUID()}`;
    return {
      bytes: multipart(entries, encoding, boundary),
      type: `multipart/form-data; boundary=${boundary}`,
    };
  }
  if (type === 'text/plain') return { bytes: plainPairs(entries, encoding), type: 'text/plain' };
  return { bytes: urlEncoded(entries, encoding), type: 'application/x-www-form-urlencoded' };
}

/** Section 4.10.21.4, last steps: line breaks of names and values are CRLF. */
function withLineBreaks({ name, value, ...rest }: FormEntry): FormEntry {
  const lined = (text: string) => text.replace(/\r\n?|\n/g, '\r\n');
  return { name: lined(name), value: lined(value), ...rest };
}

/** URL Standard, section 5.2, "application/x-www-form-urlencoded serializer". */
const urlEncoded: Serialize = (entries, encoding) => {
  const part = (text: string) => percentEncode(text, encoding, formSet).replaceAll('%20', '+');
  return Buffer.from(entries.map(({ name, value }) => `${part(name)}=${part(value)}`).join('&'));
};

/** HTML, section 4.10.21.8, and RFC 7578. */
function multipart(entries: readonly FormEntry[], encoding: string, boundary: string): Buffer {
  const escaped = (name: string) =>
    name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
  const parts = entries.map(({ name, value, isFile = false }) => {
    const file = isFile ? '; filename=""\r\nContent-Type: application/octet-stream' : '';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n\r\n`;
    // Apart, so that each ends in ASCII in an encoding that has states (ISO-2022-JP).
    return Buffer.concat([
      encodeText(head, encoding),
      encodeText(value, encoding),
      Buffer.from('\r\n'),
    ]);
  });
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

/** HTML, section 4.10.21.7. */
const plainPairs: Serialize = (entries, encoding) =>
  encodeText(entries.map(({ name, value }) => `${name}=${value}\r\n`).join(''), encoding);
