import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { UsageError } from '../errors.js';
import type { ImportedCookie } from '../http/site-cookies.js';
import { firefoxDatabase } from './firefox-profile.js';

/** From this version of its schema on (Firefox 142), an expiry is in milliseconds, before in seconds. */
const firstVersionInMilliseconds = 16;
/** Copies that are tried while Firefox writes. */
const mostCopies = 3;

type Row = [
  name: string,
  value: string,
  host: string,
  path: string,
  expiry: number,
  isSecure: number,
];

/**
 * Reads those of Firefox's cookies that may go to a host, expired ones included. Cookies of
 * containers, of private windows and of sites inside other sites are left out: they have
 * originAttributes.
 *
 * @param profile a profile's name or folder; without it, the one that Firefox opens
 * @param host the host name, such as example.com
 * @throws UsageError if there is no such profile, or its cookies cannot be read
 */
export function firefoxCookies(
  profile: string | undefined,
  host: string,
): { from: string; cookies: ImportedCookie[] } {
  const path = firefoxDatabase(profile);
  const folder = mkdtempSync(join(tmpdir(), 'photo-escape-cookies-'));
  try {
    const copy = join(folder, 'cookies.sqlite');
    copyDatabase(path, copy);
    return { from: dirname(path), cookies: cookiesIn(copy, domainsOf(host)) };
  } catch (error) {
    throw new UsageError([
      `--cookies-from-browser cannot read ${path}: ${(error as Error).message}. Close Firefox and try again, or use --cookies FILE`,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Copies the database with its write-ahead log, where the newest cookies are: Firefox holds a lock on
 * both while it runs. A copy during which Firefox wrote is made again.
 */
function copyDatabase(path: string, copy: string): void {
  const files = [
    { from: path, to: copy },
    { from: `${path}-wal`, to: `${copy}-wal` },
  ];
  for (let copies = 1; copies <= mostCopies; copies++) {
    const before = stateOf(path);
    for (const { from, to } of files) {
      rmSync(to, { force: true });
      if (existsSync(from)) copyFileSync(from, to);
    }
    if (stateOf(path) === before) return;
  }
}

function stateOf(path: string): string {
  const files = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false }));
  return files.map((file) => `${file?.size} ${file?.mtimeMs}`).join();
}

/** What a cookie's host column may hold: the host itself, and with a dot it and the domains above. */
function domainsOf(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.map((_, index) => `.${labels.slice(index).join('.')}`)];
}

function cookiesIn(path: string, hosts: readonly string[]): ImportedCookie[] {
  const database = new Libsql(path);
  try {
    const [version] = database.prepare('PRAGMA user_version').raw().get() as [number];
    const unit = version >= firstVersionInMilliseconds ? 1 : 1000;
    const rows = database
      .prepare(
        `SELECT name, value, host, path, expiry, isSecure FROM moz_cookies
         WHERE originAttributes = '' AND host IN (${hosts.map(() => '?').join()})`,
      )
      .raw()
      .all([...hosts]) as Row[];
    return rows.map(([name, value, host, cookiePath, expiry, isSecure]) => ({
      name,
      value,
      domain: host.replace(/^\./, ''),
      hostOnly: !host.startsWith('.'),
      path: cookiePath,
      secure: isSecure === 1,
      expires: new Date(expiry * unit),
    }));
  } finally {
    database.close();
  }
}
