import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from '../../bench/report.js';

const bench = fileURLToPath(new URL('../../dist-bench/bench/bench.js', import.meta.url));

/** Runs the command as a person would. Jest compiles the measurements before any test. */
export async function runBench(words: readonly string[], cwd: string, path = process.env.PATH) {
  const child = spawn(process.execPath, [bench, ...words], {
    cwd,
    env: { ...process.env, PATH: path },
  });
  const [printed, said, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, printed, said };
}

/** Measures with tiny albums. */
export async function quickBench(words: readonly string[], cwd: string, path?: string) {
  const out = join(cwd, 'figures.json');
  const ended = await runBench(['--quick', '--runs', '1', '--out', out, ...words], cwd, path);
  return { ...ended, report: JSON.parse(readFileSync(out, 'utf8')) as BenchReport };
}
