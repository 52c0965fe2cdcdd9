import type { Profile } from './schema.js';

/** Names of the fields of a form, or of JSON, that a profile sends the password in. */
export function passwordFields({ signIn }: Profile): string[] {
  if (signIn.by === 'form') return namesIn(signIn.fields);
  return signIn.by === 'json' ? namesIn(signIn.body) : [];
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' && one.includes('{password}') ? [name] : namesIn(one),
  );
}
