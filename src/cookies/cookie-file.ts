import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { UsageError } from '../errors.js';
import type { ImportedCookie } from '../http/site-cookies.js';
import { EncodingError, utf8Text } from '../text/utf8-text.js';

/** Problems that are named; a file of another kind has one in every line. */
const mostProblems = 5;
/** The last second of a JavaScript Date: later ones are taken for it. */
const lastSecond = 8.64e12;

const howToExport =
  'Export the cookies anew in the format “Netscape” or “cookies.txt”, or use --cookies-from-browser firefox';

/**
 * Reads a Netscape cookies.txt: a line a cookie, with seven fields separated by tabs, namely domain,
 * whether hosts below it get the cookie, path, whether it is secure, expiry in seconds since 1970,
 * name and value. As curl, yt-dlp and gallery-dl read it: lines that begin with # are comments,
 * except `#HttpOnly_` before a domain; the expiry 0 means the end of the session; an empty value may
 * lack its tab.
 *
 * @throws UsageError if the file cannot be read, naming the lines that are not cookies
 */
export function readCookieFile(file: string): ImportedCookie[] {
  const problems: string[] = [];
  const cookies: ImportedCookie[] = [];
  for (const [index, line] of textOf(file).split(/\r?\n/).entries()) {
    const text = line.replace(/^#HttpOnly_/, '');
    if (text.trim() === '' || text.startsWith('#')) continue;
    const cookie = cookieOf(text);
    if (typeof cookie !== 'string') cookies.push(cookie);
    else problems.push(`--cookies ${file}, line ${index + 1}: ${cookie}`);
  }
  if (problems.length === 0) return cookies;
  const more = problems.length - mostProblems;
  throw new UsageError([
    ...problems.slice(0, mostProblems),
    ...(more > 0 ? [`… and ${more} more lines that are not cookies`] : []),
    `--cookies takes a Netscape cookies.txt. ${howToExport}`,
  ]);
}

function textOf(file: string): string {
  const bytes = read(file);
  if (bytes.subarray(0, 13).toString('latin1') === 'SQLite format') {
    throw new UsageError([
      `--cookies ${file} is a database of a browser, not a cookies.txt. If it is Firefox's, use --cookies-from-browser 'firefox:${file}'`,
    ]);
  }
  try {
    const text = utf8Text(bytes);
    if (!/^\s*[[{]/.test(text)) return text;
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new UsageError([`--cookies ${file} ${error.message}`]);
  }
  throw new UsageError([
    `--cookies ${file} is JSON, which some browser extensions export, not a Netscape cookies.txt. ${howToExport}`,
  ]);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError([`--cookies ${file} cannot be read: ${(error as Error).message}`]);
  }
}

/** The cookie of a line, or why it is none. No value is repeated. */
function cookieOf(line: string): ImportedCookie | string {
  const fields = line.split('\t');
  if (fields.length < 6 || fields.length > 7) {
    const spaces = /\s+(?:TRUE|FALSE)\s+\/\S*\s+(?:TRUE|FALSE)\s/i.test(line);
    const why = spaces ? '; here spaces separate them, perhaps since the text was copied' : '';
    return `it has ${fields.length} of 7 fields separated by tabs${why}`;
  }
  const [host = '', subdomains = '', path = '', isSecure = '', expiry = '', name = '', value = ''] =
    fields;
  const domain = domainToASCII(host.replace(/^\./, ''));
  if (domain === '') return 'its first field is not a domain';
  for (const [position, flag] of [
    ['second', subdomains],
    ['fourth', isSecure],
  ]) {
    if (flag !== undefined && !/^(?:TRUE|FALSE)$/i.test(flag)) {
      return `its ${position} field is neither TRUE nor FALSE`;
    }
  }
  if (!/^(?:-?\d+(?:\.\d+)?)?$/.test(expiry)) return 'its fifth field is not a time in seconds';
  if (/[\p{Cc};]/u.test(name + value))
    return 'its name or value has a character no cookie may have';
  const seconds = Number(expiry);
  return {
    name,
    value,
    domain,
    hostOnly: /^FALSE$/i.test(subdomains) && !host.startsWith('.'),
    path: path.startsWith('/') ? path : '/',
    secure: /^TRUE$/i.test(isSecure),
    ...(seconds > 0 && { expires: new Date(Math.min(seconds, lastSecond) * 1000) }),
  };
}
