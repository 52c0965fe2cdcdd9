import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../test/helpers/program.js';
import type { AlbumPhoto } from './album.js';
import { accountSettings, escapeSite } from './escape.js';
import type { RunningSite, Site } from './site.js';

/** What learning a site from its address (and account) alone came to. */
export interface LearnedSite {
  name: string;
  /** The exit code of `learn`. */
  code: number | null;
  /** Requests that it made, its trial's included; undefined where it ended early. */
  requests: number | undefined;
  /** Places in the profile that were learned. */
  learned: string[];
  /** Photos on the site. */
  listed: number;
  /** Photos that were saved byte for byte with the learned profile. */
  saved: number;
  /** What went wrong, in words. */
  wrong: string[];
}

const docsFile = fileURLToPath(new URL('../../docs/learn.md', import.meta.url));
const [begin, end] = ['<!-- begin: made by npm run test:sites -->', '<!-- end -->'];

/** Learns a site without its built-in profile, and saves its album with what was learned. */
export async function learnSite(
  site: Site,
  running: RunningSite,
  photos: readonly AlbumPhoto[],
  folder: string,
  signal: AbortSignal,
): Promise<LearnedSite> {
  const profile = join(folder, 'learned.yaml');
  const words = ['learn', running.url, '--out', profile, '--verbose'];
  const run = startProgram(words, { cwd: folder, env: accountSettings(running) });
  const { code, err } = await run.ended;
  signal.throwIfAborted();
  const requests = /^(\d+) requests:$/m.exec(err)?.[1];
  const learned = [...err.matchAll(/^[ !] learned: (\S+)/gm)].map(([, place = '']) => place);
  const found = {
    name: site.name,
    code,
    requests: requests === undefined ? undefined : Number(requests),
    learned,
    listed: photos.length,
  };
  if (code !== 0) {
    const marked = err.split('\n').filter((line) => /^[✗!]/.test(line));
    return { ...found, saved: 0, wrong: [`code ${code}`, ...marked] };
  }
  const { whole, wrong } = await escapeSite(site, running, photos, folder, signal, profile);
  if (wrong.length > 0) wrong.push(await readFile(profile, 'utf8'));
  return { ...found, saved: whole, wrong };
}

/** The table of learned sites, in Markdown. */
export function learnedTable(sites: readonly LearnedSite[]): string {
  const rows = sites.map(({ name, code, requests, learned, listed, saved, wrong }) => {
    const isWhole = wrong.length === 0;
    const result = `${saved} of ${listed}${isWhole ? ', byte for byte' : ''}`;
    return `| ${[name, code, requests ?? '', learned.join(', '), result].join(' | ')} |`;
  });
  const head = '| software | code of `learn` | requests | what was learned | photos saved |';
  return [head, '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** Puts the table into docs/learn.md. */
export async function writeLearnedTable(table: string): Promise<void> {
  const text = await readFile(docsFile, 'utf8');
  const [before] = text.split(begin);
  const [, after] = text.split(end);
  await writeFile(docsFile, `${before}${begin}\n${table}\n${end}${after}`);
}
