import * as z from 'zod';
import { parseHtml } from '../page/html-document.js';
import { isJsonPath, parseJsonPath } from './json-path.js';
import { slotsIn } from './slots.js';

function problemOf(select: string): string | undefined {
  try {
    if (isJsonPath(select)) parseJsonPath(select);
    else parseHtml('')(select);
    return undefined;
  } catch (error) {
    const kind = isJsonPath(select) ? 'JSON path' : 'CSS selector';
    return `is not a ${kind}: ${(error as Error).message}`;
  }
}

/** A CSS selector, or a JSON path, which begins with `$`. */
export const selectorSchema = z
  .string()
  .min(1)
  .superRefine((select, context) => {
    const message = select === '' ? undefined : problemOf(select);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Text that may contain the named `{name}` slots, and no other. */
export function slottedText(names: readonly string[]) {
  return z
    .string()
    .min(1)
    .superRefine((text, context) => {
      for (const name of slotsIn(text)) {
        if (names.includes(name)) continue;
        context.addIssue({
          code: 'custom',
          message: `cannot contain {${name}}; it can contain ${names.map((known) => `{${known}}`).join(' and ')}`,
        });
      }
    });
}

/** An address on the site: a path, a query or a full address, relative to the album's own. */
export const siteAddress = slottedText(['username']);
