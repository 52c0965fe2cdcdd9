import { isJsonPath } from './json-path.js';
import { type Loose, type Path, record, type Tell } from './loose-record.js';
import { slotsIn } from './slots.js';

/** What a person gives; all other slots are taken by a step before. */
const given = ['username', 'password', 'code'];

/** Every text in a value, with its path. */
function* textsIn(value: unknown, path: Path): Generator<[string, Path]> {
  if (typeof value === 'string') yield [value, path];
  for (const [key, one] of Object.entries(typeof value === 'string' ? {} : record(value))) {
    yield* textsIn(one, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function checkSlots(value: unknown, path: Path, known: ReadonlySet<string>, tell: Tell): void {
  for (const [text, at] of textsIn(value, path)) {
    for (const name of slotsIn(text)) {
      if (known.has(name)) continue;
      const names = [...known].map((one) => `{${one}}`).join(', ');
      tell(at, `cannot contain {${name}}, which no step before takes; it can contain ${names}`);
    }
  }
}

function checkRequest({ get, post, form, json }: Loose, path: Path, tell: Tell): void {
  if ((get === undefined) === (post === undefined)) tell(path, 'needs either get or post');
  if (form !== undefined && json !== undefined) {
    tell([...path, 'json'], 'cannot be used together with form');
  }
  for (const [key, body] of Object.entries({ form, json })) {
    if (get !== undefined && body !== undefined) tell([...path, key], 'needs post, not get');
  }
}

function checkTaken(name: string, rule: Loose, path: Path, tell: Tell): void {
  const { select, header, cookie, attribute } = rule;
  const sources = [select, header, cookie].filter((source) => source !== undefined);
  if (sources.length !== 1) tell(path, 'needs one of select, header and cookie');
  const isElement = typeof select === 'string' && !isJsonPath(select);
  if (attribute !== undefined && !isElement) {
    tell([...path, 'attribute'], 'needs select, with a CSS selector');
  }
  if (given.includes(name)) tell(path, 'is what a person gives; take this under another name');
}

/** Checks how the steps of a sign-in go together. */
export function checkSteps({ steps, headers, query, proof }: Loose, tell: Tell): void {
  const known = new Set(given);
  const list: unknown[] = Array.isArray(steps) ? steps : [];
  for (const [index, unknownStep] of list.entries()) {
    const { take, refusal: _refusal, ...request } = record(unknownStep);
    const path = ['signIn', 'steps', index];
    checkRequest(request, path, tell);
    checkSlots(request, path, known, tell);
    for (const [name, rule] of Object.entries(record(take))) {
      checkTaken(name, record(rule), [...path, 'take', name], tell);
      known.add(name);
    }
  }
  checkSlots(headers, ['signIn', 'headers'], known, tell);
  checkSlots(query, ['signIn', 'query'], known, tell);
  // Sites refuse JSON with a status, forms often with a page.
  const hasForm = list.some((step) => record(step).form !== undefined);
  if (hasForm && proof === undefined && known.size === given.length) {
    tell(['signIn'], 'needs proof, or a value that a step takes, to tell a form’s refusal by');
  }
}
