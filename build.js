// Builds the program: npm run build. One file for what every crawl loads takes two thirds of the processor
// time that hundreds take to load; what only some commands need stands in files of its own.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', 'src/originals/original-worker.ts'],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Crawlee finds storage classes by their names.
  keepNames: true,
  // Crawlee loads the CommonJS halves of these. The same ones here mean one cheerio in memory.
  alias: {
    cheerio: './node_modules/cheerio/lib/index.js',
    parse5: './node_modules/parse5/dist/cjs/index.js',
    'parse5-htmlparser2-tree-adapter':
      './node_modules/parse5-htmlparser2-tree-adapter/dist/cjs/index.js',
  },
  // Native code, files beside the code, and what a crawl never loads.
  external: ['libsql', 'sharp', 'photoswipe', 'got-scraping'],
  // CommonJS packages call require.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
