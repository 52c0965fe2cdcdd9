import { UsageError } from '../../errors.js';
import type { Page } from '../../page/page.js';
import type { LearnedRule } from '../learned-rule.js';
import { type Exchange, exchangesIn, howToRecord } from './exchange.js';
import { listingRules } from './listing-request.js';
import { originalRule, thumbnailRule } from './original-way.js';
import { recordedAlbums } from './recorded-albums.js';
import { type ListedPage, listedPages } from './recorded-listing.js';
import { recordedNext } from './recorded-next.js';
import { type OpenedPhoto, openedPhotos, shownRows } from './recorded-originals.js';
import { holdsSecret, secretsIn } from './recorded-secrets.js';
import { recordedSignIn } from './recorded-sign-in.js';
import { typedAccount } from './typed-account.js';

/** What a recorded visit tells of an album. */
export interface Recording {
  /** The album's address: that of the page that was opened, or the host that lists photos. */
  startUrl: string;
  /** Rules of a profile, as far as it tells them. */
  rules: LearnedRule[];
  /** The pages that list photos, in the order of the visit. */
  listingPages: Page[];
  /** Where pages are windows of time: the first day of one with photos, such as 2016-07-01. */
  seenDay: string | undefined;
  /** Photos that were opened in full size. */
  originals: OpenedPhoto[];
  /** What must be removed from every text: passwords, codes, cookies, tokens. */
  secrets: string[];
  /** What to tell the person, a sentence each: what it does not tell and could, and to delete it. */
  notes: string[];
}

const deleteRecording =
  'The recording holds your password and the cookies that open your account: delete the file now.';

/**
 * Reads a recorded visit: a HAR file of version 1.2.
 *
 * @throws UsageError for what is none, and for one that does not have what the site answered
 */
export function readRecording(text: string): Recording {
  const exchanges = exchangesIn(text);
  const pages = listedPages(exchanges, (page) => recordedNext([page]) !== undefined);
  const [first] = pages;
  if (first === undefined) throw noPhotos(exchanges);
  const typed = typedAccount(exchanges);
  const startUrl = startOf(exchanges, first.exchange);
  const secrets = secretsIn(exchanges, typed);
  const signIn = recordedSignIn(exchanges, first.exchange, typed, startUrl, secrets);
  const next = recordedNext(pages);
  const albums = recordedAlbums(pages, exchanges, [
    ...signIn.parameters,
    ...[...(next?.slots.values() ?? [])].map(({ leaf }) => leaf.path.at(-1) ?? ''),
  ]);
  const originals = openedPhotos(pages, exchanges);
  const rows = pages.flatMap(rowsOf);
  const original = originalRule(originals, rows, first.page.url);
  const thumbnail = thumbnailRule(shownRows(pages, exchanges), rows, first.page.url);
  const all = [
    ...signIn.rules,
    ...listingRules({ pages, next, albums, startUrl, parameters: signIn.parameters, typed }),
    ...(thumbnail === undefined ? [] : [thumbnail]),
    ...(original === undefined ? [] : [original]),
  ];
  const rules = all.filter(({ rule }) => !holdsSecret(JSON.stringify(rule), secrets, typed));
  const left = all.filter((rule) => !rules.includes(rule)).map(({ place }) => place);
  return {
    startUrl,
    rules,
    listingPages: pages.map(({ page }) => page),
    seenDay: next?.seenDay,
    originals,
    secrets,
    notes: [
      ...signIn.notes,
      ...left.map((place) => `${place} is left out: it would hold a secret of the recording.`),
      ...(pages.length > 1 && next === undefined
        ? ['How one request for photos follows from the one before was not recognised.']
        : []),
      ...(pages.length < 2 ? ['Only one page of the album was opened in the recording.'] : []),
      ...(originals.length === 0 ? ['No photo was opened in full size in the recording.'] : []),
      deleteRecording,
    ],
  };
}

function rowsOf({ rows }: ListedPage): unknown[] {
  return (rows?.parts ?? []).map(({ node }) => node);
}

function noPhotos(exchanges: readonly Exchange[]): UsageError {
  const answered = exchanges.filter(({ status, type }) => status === 200 && /html|json/.test(type));
  const empty = answered.filter(({ page }) => page === undefined).length;
  const why =
    exchanges.length === 0
      ? 'It has no requests'
      : empty > 0
        ? `It was saved without content: ${empty} of ${answered.length} pages have none`
        : `None of the ${answered.length} pages in it lists photos`;
  return new UsageError([`The recording does not tell of an album. ${why}. ${howToRecord}`]);
}

/** The first page that was shown, where it is on the host of the list; else that host. */
function startOf(exchanges: readonly Exchange[], listing: Exchange): string {
  const { origin } = new URL(listing.url);
  const shown = exchanges.find(
    ({ page, url, status }) =>
      page?.isHtml === true && status < 300 && new URL(url).origin === origin,
  );
  return shown === undefined || shown.place > listing.place ? `${origin}/` : shown.url;
}
