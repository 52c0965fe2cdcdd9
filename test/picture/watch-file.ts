import { type EndCheck, endCheck } from '../../src/picture/end-check.js';

/** The check for a type that must have one. */
export function check(type: string): EndCheck {
  const found = endCheck(type);
  if (found === undefined) throw new Error(`There is no check for ${type}.`);
  return found;
}

/** Whether a file has ended once all of it has been taken, in chunks of one size. */
export function hasEnded(type: string, file: Uint8Array, size = Math.max(file.length, 1)): boolean {
  const watching = check(type);
  for (let at = 0; at < file.length; at += size) watching.take(file.subarray(at, at + size));
  return watching.hasEnded;
}

/** How many bytes of a file, taken one by one, its end took to come; undefined if it never came. */
export function endsAt(type: string, file: Uint8Array): number | undefined {
  const watching = check(type);
  for (let at = 0; at < file.length; at++) {
    watching.take(file.subarray(at, at + 1));
    if (watching.hasEnded) return at + 1;
  }
  return undefined;
}
