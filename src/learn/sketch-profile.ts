import { type Profile, profileSchema } from '../profile/schema.js';

/**
 * A profile with some rules alone, to read pages by while the others are not known.
 *
 * @param parts as a profile file has them
 * @returns undefined where the rules are none that a profile may have
 */
export function sketchProfile(parts: { listing?: unknown; item: unknown }): Profile | undefined {
  const about = { name: 'sketch', title: 'sketch', signIn: { by: 'none' } };
  const { data } = profileSchema.safeParse({ ...about, ...parts });
  return data;
}
