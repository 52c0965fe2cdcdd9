import type { z } from 'zod';
import { checkItems } from './check-item.js';
import { checkSteps } from './check-sign-in.js';
import { candidates, checkSource, kindOf, refuse, sourcesIn } from './check-source.js';
import { isJsonPath } from './json-path.js';
import { type Loose, type Path, record, type Tell } from './loose-record.js';

/** Checks a field of the page as a whole: it stands on the page, or in the JSON, that lists photos. */
function checkPageField(field: unknown, path: Path, row: unknown, json: unknown, tell: Tell): void {
  const withoutRow = ['from', 'on', 'of', 'beside'];
  for (const [rule, at] of candidates(field, path)) {
    for (const [source, place] of sourcesIn(rule, at)) {
      refuse(source, withoutRow, place, 'cannot be used here', tell);
      if (source.parts === undefined && source.select === undefined) tell(place, 'needs select');
    }
    const kept = Object.entries(rule).filter(([key]) => !withoutRow.includes(key));
    // JSON in a script has a page around it.
    checkSource(Object.fromEntries(kept), isInScript(json) ? undefined : row, at, tell);
  }
}

function checkIgnore({ ignore, json }: Loose, row: unknown, tell: Tell): void {
  const isJson = typeof row === 'string' && isJsonPath(row) && !isInScript(json);
  for (const select of [ignore].flat()) {
    if (typeof select !== 'string' || isJsonPath(select) === isJson) continue;
    const page = isJson ? 'JSON' : 'HTML';
    tell(['listing', 'ignore'], `is ${kindOf(select)}, but the page is ${page}`);
  }
}

function isInScript(json: unknown): boolean {
  return record(json).script !== undefined;
}

/**
 * Checks rules that depend on each other. It accepts a profile with other problems, so that all are
 * reported at once.
 *
 * @param profile the profile, as far as it could be read
 */
export function checkRules(profile: unknown, context: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { item: unknownItem, listing: unknownListing, signIn } = record(profile);
  const listing = record(unknownListing);
  const row = checkItems(unknownItem, isInScript(listing.json), tell);
  if (listing.json !== undefined && typeof row === 'string' && !isJsonPath(row)) {
    tell(['listing', 'json'], 'needs a JSON path as item.row, which is a CSS selector');
  }
  for (const name of ['total', 'title']) {
    checkPageField(listing[name], ['listing', name], row, listing.json, tell);
  }
  checkIgnore(listing, row, tell);
  const albums = record(listing.albums);
  for (const name of ['link', 'title']) {
    for (const [rule, path] of candidates(albums[name], ['listing', 'albums', name])) {
      for (const [source, at] of sourcesIn(rule, path)) {
        refuse(source, ['from', 'on'], at, 'cannot be used here', tell);
      }
      checkSource(rule, albums.row, path, tell, isInScript(listing.json));
    }
  }
  const { by, form } = record(signIn);
  if (by === 'steps') checkSteps(record(signIn), tell);
  if (typeof form === 'string' && isJsonPath(form)) {
    tell(['signIn', 'form'], 'needs a CSS selector, because a form is HTML');
  }
}
