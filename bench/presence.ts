import { spawnSync } from 'node:child_process';
import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';

/** The contenders that are installed, and those that are not. */
export interface Presence {
  present: ContenderName[];
  /** Versions of the peers that are installed. */
  versions: Partial<Record<ContenderName, string>>;
  /** The ones that are not installed, each with Debian's package. */
  absent: { contender: ContenderName; debianPackage: string }[];
}

/**
 * Asks every contender that is no part of this project for its version.
 *
 * @throws Error if one is installed, but prints no version
 */
export function presence(names: readonly ContenderName[]): Presence {
  const found: Presence = { present: [], versions: {}, absent: [] };
  for (const name of names) {
    const { installed }: Contender = contenders[name];
    if (installed === undefined) {
      found.present.push(name);
      continue;
    }
    const { file, words } = installed.version;
    const { error, stdout, stderr } = spawnSync(file, words, { encoding: 'utf8' });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
      found.absent.push({ contender: name, debianPackage: installed.debianPackage });
      continue;
    }
    const version = /\d+(\.\d+)+/.exec(stdout ?? '')?.[0];
    if (version === undefined) {
      throw new Error(`${file} does not tell its version: ${error?.message ?? stderr}`);
    }
    found.present.push(name);
    found.versions[name] = version;
  }
  return found;
}

/** Which contenders are missing, and how Debian installs them; undefined if none is. */
export function absentSentence({ absent }: Presence): string | undefined {
  if (absent.length === 0) return undefined;
  const names = absent.map(({ contender }) => contender).join(', ');
  const packages = absent.map(({ debianPackage }) => debianPackage).join(' ');
  return `Not installed here, so not measured: ${names}. Debian installs them with: apt-get install ${packages}`;
}
