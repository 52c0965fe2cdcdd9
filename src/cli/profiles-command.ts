import type { Ending } from '../errors.js';
import { builtInProfiles, loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import type { Terminal } from './terminal.js';

const signIns: Record<Profile['signIn']['by'], string> = {
  none: 'open to all',
  basic: 'signs in by HTTP Basic',
  form: 'signs in by a form',
  steps: 'signs in by requests',
  pasted: 'takes a pasted cookie or token',
};

/** Lists the built-in profiles. */
export function listProfiles({ out }: Terminal): Ending {
  const profiles = builtInProfiles.map((name) => loadProfile(name));
  const width = Math.max(...profiles.map(({ name }) => name.length));
  for (const { name, title, url = 'at ALBUM_URL', signIn } of profiles) {
    out.write(`${name.padEnd(width)}  ${title}, ${url}, ${signIns[signIn.by]}\n`);
  }
  return 'complete';
}
