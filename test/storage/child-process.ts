import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Starts a process of its own that runs the script, an ES module which finds the modules of text,
 * files, storage and album under `./src`. `work` is a folder to keep the compiled modules in.
 */
export function startChild(work: string, script: string, ...options: string[]): ChildProcess {
  for (const folder of ['src', 'src/text', 'src/files', 'src/storage', 'src/album'])
    compile(folder, work);
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(work, 'script.js'), script);
  const command = [...options, process.execPath, join(work, 'script.js')];
  return spawn(command[0] as string, command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** The lines that the child writes, one after the other; `undefined` when it has ended. */
export function linesOf(child: ChildProcess): { next(): Promise<string | undefined> } {
  if (!child.stdout) throw new Error('The child has no output.');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { next: async () => (await lines.next()).value };
}

/** Resolves when the child has ended and everything it held is dropped. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', resolve);
  });
}

function compile(folder: string, work: string): void {
  mkdirSync(join(work, folder), { recursive: true });
  for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))) {
    const { code } = transformSync(readFileSync(join(root, folder, file), 'utf8'), {
      filename: file,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    writeFileSync(join(work, folder, file.replace(/ts$/, 'js')), code);
  }
}
