import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { UsageError } from '../errors.js';
import { readCsv } from './csv-file.js';

/** Bits of a file's mode that let others than its owner read or write it. */
const othersBits = 0o077;

/**
 * Reads the passwords of a fleet's albums: CSV with `id,password`.
 *
 * @returns passwords by album
 * @throws UsageError where it cannot be read, others may read it, or it is wrong; no message shows a
 *   password
 */
export function readSecrets(file: string): ReadonlyMap<string, string> {
  const { rows, problems } = readCsv(file, privateContent(file), ['id', 'password']);
  const secrets = new Map<string, string>();
  for (const { line, values } of rows) {
    const { id, password } = values;
    if (secrets.has(id)) problems.push(`${file}:${line}: the id ${id} is there twice`);
    if (password === '') problems.push(`${file}:${line}: the password of ${id} is empty`);
    secrets.set(id, password);
  }
  if (problems.length > 0) throw new UsageError(problems);
  return secrets;
}

/** Looks at the mode of the very file that it reads. */
function privateContent(file: string): Uint8Array {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const mode = fstatSync(descriptor).mode & 0o777;
      if ((mode & othersBits) !== 0) {
        throw new UsageError([
          `The secrets file ${file} has the mode 0${mode.toString(8)}: others can read or change it. Make it yours alone: chmod 600 ${file}`,
        ]);
      }
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError([`The secrets file ${file} cannot be read: ${(error as Error).message}`]);
  }
}
