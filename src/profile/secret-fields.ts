import type { Profile } from './schema.js';

/** Names of the fields of a form, of JSON or of an address that a profile sends a secret in. */
export function fieldsWith(slot: 'password' | 'code', { signIn }: Profile): string[] {
  if (signIn.by === 'form') return namesIn(signIn.fields, slot);
  return signIn.by === 'steps' ? namesIn(signIn.steps, slot) : [];
}

function namesIn(value: unknown, slot: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    if (typeof one !== 'string') return namesIn(one, slot);
    // A field, or an address with parameters.
    const parameters = [...one.matchAll(/(?<=[?&])([^=&]+)=([^&]*)/g)];
    return [[one, name, one], ...parameters].flatMap(([, field = '', text = '']) =>
      text.includes(`{${slot}}`) ? [field] : [],
    );
  });
}
