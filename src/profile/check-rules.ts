import type * as z from 'zod';
import { checkItems } from './check-item.js';
import { albumValues, checkListing, hasPageAround } from './check-listing.js';
import { checkSteps } from './check-sign-in.js';
import { isJsonPath } from './json-path.js';
import { record, type Tell } from './loose-record.js';

/**
 * Checks rules that depend on each other. It accepts a profile with other problems, so that all are
 * reported at once.
 *
 * @param profile the profile, as far as it could be read
 */
export function checkRules(profile: unknown, context: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { item, listing: unknownListing, signIn } = record(profile);
  const listing = record(unknownListing);
  const row = checkItems(item, hasPageAround(listing), albumValues(listing), tell);
  checkListing(listing, row, tell);
  const { by, form } = record(signIn);
  if (by === 'steps') checkSteps(record(signIn), tell);
  if (typeof form === 'string' && isJsonPath(form)) {
    tell(['signIn', 'form'], 'needs a CSS selector, because a form is HTML');
  }
}
