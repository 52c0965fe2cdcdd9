// Builds the program: npm run build. One script for all commands and one for each thread load faster than
// hundreds of modules, and V8 keeps its code of a script.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { keepCode } from './code-cache.js';

const scripts = {
  program: 'src/program.ts',
  'original-worker': 'src/originals/original-worker.ts',
  'snapshot-worker': 'src/fleet/state/snapshot-worker.ts',
};

await rm('dist', { recursive: true, force: true });
// What starts a script stays as modules, which need no more than their types removed.
await build({
  entryPoints: ['main', 'v8-flags', 'built-script'].map((name) => `src/${name}.ts`),
  outdir: 'dist',
  platform: 'node',
  target: 'node20.19',
});
for (const name of Object.keys(scripts).filter((script) => script !== 'program')) {
  await writeFile(
    `dist/${name}.js`,
    `import { runBuiltScript } from './built-script.js';\n\nrunBuiltScript('${name}');\n`,
  );
}
await build({
  entryPoints: scripts,
  outdir: 'dist',
  outExtension: { '.js': '.script' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // Crawlee loads the CommonJS halves of these. The same ones here mean one of each in memory.
  alias: {
    cheerio: './node_modules/cheerio/lib/index.js',
    parse5: './node_modules/parse5/dist/cjs/index.js',
    'parse5-htmlparser2-tree-adapter':
      './node_modules/parse5-htmlparser2-tree-adapter/dist/cjs/index.js',
    'tough-cookie': './node_modules/tough-cookie/dist/index.cjs',
  },
  // Native code, packages with files beside their code, what a crawl never loads, and what only a fleet
  // needs and may be missing.
  external: [
    ...['libsql', 'sharp', 'photoswipe', 'got-scraping'],
    ...['bullmq', 'ioredis', '@bull-board/*', 'hono', '@hono/*', '@aws-sdk/*', 'csv-parse'],
  ],
  // The scripts are no modules, and require loads what is external.
  supported: { 'dynamic-import': false },
  // Each command reads the whole script.
  minifyWhitespace: true,
  define: { 'import.meta.url': 'moduleUrl', builtFrom: JSON.stringify(await digestOfSources()) },
  logLevel: 'warning',
});
for (const name of Object.keys(scripts)) {
  const file = `dist/${name}.script`;
  await writeFile(file, `(function (require, module, moduleUrl) {${await readFile(file)}\n})`);
}
await keepCode().catch((error) => {
  process.stderr.write(`The program works, but starts more slowly: ${error.message}\n`);
});

/** What the build is made from, in a few characters. */
async function digestOfSources() {
  const sources = await readdir('src', { recursive: true, withFileTypes: true });
  const files = sources
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), 'package-lock.json']) hash.update(await readFile(file));
  return hash.digest('base64url').slice(0, 16);
}
