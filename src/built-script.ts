import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { renewV8Flags } from './v8-flags.js';

/** A script of the build: a function of what a CommonJS module finds around it. */
type BuiltScript = (
  require: NodeJS.Require,
  module: { exports: unknown },
  moduleUrl: string,
) => void;

/**
 * Runs a script of the build with the code that V8 made of it at the build: compiling takes a third of
 * the processor time of a small run. Code that another version of Node.js made, or that was made under
 * other flags, V8 refuses; then it compiles anew.
 *
 * @param name such as `program`
 * @param kept the name of the code that was kept for what it is to do, where that is not all that is kept
 */
export function runBuiltScript(name: string, kept = name): void {
  // V8 takes the code only under the flags under which it was made.
  renewV8Flags();
  const file = new URL(`${name}.script`, import.meta.url);
  const script = new Script(readFileSync(file, 'latin1'), {
    // A name for stack traces that is no file's: Crawlee reads the whole file that a failed check
    // stands in.
    filename: `photo-escape/${name}.script`,
    cachedData: keptCode(new URL(`${kept}.cache`, file)),
  });
  const run = script.runInThisContext() as BuiltScript;
  run(createRequire(file), { exports: {} }, file.href);
}

function keptCode(file: URL): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
