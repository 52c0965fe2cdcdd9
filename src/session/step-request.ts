import { SignInError } from '../errors.js';
import type { FormSubmission } from '../page/form-submission.js';
import type { SignInStep } from '../profile/sign-in-step-schema.js';
import { fillSlots, fillSlotsIn, slotsIn } from '../profile/slots.js';

/** Values by the names of the slots that they fill. */
export type SlotValues = Readonly<Record<string, string>>;

/** The names of the slots in a step's request. */
export function slotsOf({ get, post, form, json, headers }: SignInStep): string[] {
  return slotsIn(JSON.stringify([get, post, form, json, headers]));
}

/** The request of a step. @param siteUrl the album's address */
export function stepRequest(step: SignInStep, values: SlotValues, siteUrl: string): FormSubmission {
  const { get, post = '' } = step;
  const url = new URL(fillSlots(get ?? post, values, encoded), siteUrl);
  url.hash = '';
  if (get !== undefined) return { method: 'GET', url: url.href };
  return { method: 'POST', url: url.href, body: bodyOf(step, values) };
}

function bodyOf({ form = {}, json }: SignInStep, values: SlotValues) {
  if (json !== undefined) {
    const text = JSON.stringify(fillSlotsIn(json, values));
    return { bytes: Buffer.from(text), type: 'application/json' };
  }
  const fields = new URLSearchParams(fillSlotsIn(form, values));
  return { bytes: Buffer.from(`${fields}`), type: 'application/x-www-form-urlencoded' };
}

/** A value as one part of an address. */
function encoded(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}

/**
 * Headers as they are sent: in the octets of UTF-8, one character each.
 *
 * @throws SignInError for a value that no header can hold
 */
export function filledHeaders(
  headers: Readonly<Record<string, string>>,
  values: SlotValues,
): Record<string, string> {
  const filled = Object.entries(fillSlotsIn(headers, values));
  // RFC 9110, section 5.5.
  const unfit = filled.find(([, value]) => /[^\P{Cc}\t]/u.test(value));
  if (unfit !== undefined) {
    throw new SignInError(
      `What goes into the header ${unfit[0]} has line breaks or other characters that no header can hold. Take less from the page, with a filter.`,
    );
  }
  return Object.fromEntries(
    filled.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  );
}
