// Loaded before the program, in each of its threads: keeps the code of the scripts of dist that were run,
// with all functions that were called.
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';

const { Script } = vm;
const ours = /^photo-escape\/(.+)\.script$/;

vm.Script = class extends Script {
  constructor(code, options) {
    super(code, options);
    const [, name] = ours.exec(options?.filename ?? '') ?? [];
    if (name !== undefined) process.once('exit', () => keepCode(name, this));
  }
};
syncBuiltinESMExports();

function keepCode(name, script) {
  // V8 takes the code under the flags under which it loads the script; the program sets these later.
  setFlagsFromString('--heap-growing-percent=0');
  setFlagsFromString('--no-expose-gc');
  writeFileSync(new URL(`../dist/${name}.cache`, import.meta.url), script.createCachedData());
}
