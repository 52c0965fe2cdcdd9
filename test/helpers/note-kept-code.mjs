// Loaded before the program: prints of each built script whether V8 took the code kept for it, and its
// size in bytes.
import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import vm from 'node:vm';

const { Script } = vm;

vm.Script = class extends Script {
  constructor(code, options) {
    super(code, options);
    const { filename = '', cachedData } = options ?? {};
    if (!filename.startsWith('photo-escape/')) return;
    const isKept = this.cachedDataRejected === false;
    writeSync(2, `${filename}: ${isKept ? `kept ${cachedData.length}` : 'compiled anew'}\n`);
  }
};
syncBuiltinESMExports();
