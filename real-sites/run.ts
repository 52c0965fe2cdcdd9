// Saves albums from real gallery software and compares every byte with what was put in:
// npm run test:sites -- [SITE …], or -- --serve SITE to see one in a browser. Each is saved twice: with the
// built-in profile, and with one that was learned from its address (and account) alone.
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withTemporaryFolder } from '../test/helpers/temporary-folder.js';
import { type AlbumPhoto, drawAlbum } from './album.js';
import { escapeSite } from './escape.js';
import { type LearnedSite, learnedTable, learnSite, writeLearnedTable } from './learn.js';
import type { RunningSite, Site } from './site.js';
import { sites } from './sites.js';
import { requireSoftware } from './software.js';

const { values, positionals } = parseArgs({
  options: { serve: { type: 'string' } },
  allowPositionals: true,
});
const print = (text: string) => process.stdout.write(`${text}\n`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopping.abort(new Error(`Stopped by ${signal}.`)));
}

await requireSoftware();
if (values.serve !== undefined) {
  await withSite(siteOf(values.serve), show);
} else {
  const chosen = positionals.length > 0 ? positionals.map(siteOf) : sites;
  let failed = 0;
  const learned: LearnedSite[] = [];
  for (const site of chosen) if (!(await passes(site, learned))) failed++;
  const table = learnedTable(learned);
  print(table);
  if (chosen.length === sites.length) await writeLearnedTable(table);
  print(`${chosen.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function siteOf(name: string): Site {
  const site = sites.find((one) => one.name === name);
  if (site !== undefined) return site;
  const names = sites.map((one) => one.name).join(', ');
  throw new RangeError(`There is no site ${name}. There are ${names}.`);
}

/** Makes a site with an album of 130 photos, and serves it until the work has ended. */
function withSite<Result>(
  site: Site,
  work: (running: RunningSite, photos: AlbumPhoto[], folder: string) => Promise<Result>,
): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    // Apache's user must be able to enter it.
    await chmod(folder, 0o755);
    const photos = await drawAlbum(site);
    const order = { folder, photos, signal: stopping.signal };
    return site.serve(order, (running) => work(running, photos, folder));
  });
}

/** Tries a site and prints a line about it, and what is wrong, if anything is. */
async function passes(site: Site, learned: LearnedSite[]): Promise<boolean> {
  const begun = performance.now();
  const { signal } = stopping;
  const { whole, listed, asked, wrong } = await withSite(site, async (running, photos, folder) => {
    const escaped = await escapeSite(site, running, photos, folder, signal);
    learned.push(await learnSite(site, running, photos, folder, signal));
    return escaped;
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  print(
    `${site.name}: ${whole} of ${listed} originals byte for byte, ${asked.first} asked for, ` +
      `in a second run ${asked.second ?? '(not tried)'}; ${seconds} s in all`,
  );
  for (const sentence of wrong) print(sentence);
  for (const sentence of learned.at(-1)?.wrong ?? []) print(`${site.name}, learned: ${sentence}`);
  return wrong.length === 0;
}

async function show({ url, account }: RunningSite): Promise<void> {
  const signIn = account ? `User name ${account.username}, password ${account.password}. ` : '';
  print(`${url}\n${signIn}Ctrl-C stops it.`);
  await once(stopping.signal, 'abort');
}
