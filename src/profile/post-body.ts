import type { PostedBody } from '../page/reading-request.js';
import type { PostRule } from './post-schema.js';
import { fillSlots } from './slots.js';

type Values = Readonly<Record<string, string>>;

/** What a page's request posts, with the values of the page in its slots. */
export function postBody({ json, form, numbers }: PostRule, values: Values): PostedBody {
  if (form !== undefined) {
    const fields = Object.entries(form).flatMap(([name, text]) => {
      const value = filledText(text, values);
      return value === undefined ? [] : [[name, value] as [string, string]];
    });
    const type = 'application/x-www-form-urlencoded';
    return { text: new URLSearchParams(fields).toString(), type };
  }
  const text = JSON.stringify(filled(json, values, ['number', ...numbers]));
  return { text, type: 'application/json' };
}

/** Fills the slots of every text in JSON. A member without a value becomes undefined. */
function filled(value: unknown, values: Values, numbers: readonly string[]): unknown {
  if (typeof value === 'string') {
    const text = filledText(value, values);
    const isNumber = numbers.some((name) => value === `{${name}}`) && Number.isFinite(Number(text));
    return isNumber ? Number(text) : text;
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, values, numbers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, values, numbers)]),
  );
}

/** The first page has no cursor: a text that is nothing else is left out. */
function filledText(text: string, values: Values): string | undefined {
  if (text === '{cursor}') return values.cursor;
  return fillSlots(text, { cursor: '', ...values });
}
