import { parse } from 'yaml';
import { type Profile, profileSchema } from '../../src/profile/schema.js';

/** A profile of a site that is open to all, from the part of its file that a test is about. */
export function profileOf(yaml: string): Profile {
  return profileSchema.parse({
    name: 'mine',
    title: 'Mine',
    signIn: { by: 'none' },
    ...parse(yaml),
  });
}
