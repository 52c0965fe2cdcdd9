import type { Profile } from './schema.js';
import { slotsIn } from './slots.js';

/** Which of username, password and code a profile signs in with. */
export function signInNeeds({ signIn }: Profile): string[] {
  if (signIn.by === 'steps') return slotsIn(JSON.stringify(signIn));
  return signIn.by === 'form' || signIn.by === 'basic' ? ['username', 'password'] : [];
}
