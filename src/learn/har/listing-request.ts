import { parameterOf, withParameter } from '../../page/address.js';
import type { LearnedRule } from '../learned-rule.js';
import type { Exchange } from './exchange.js';
import type { RecordedAlbums } from './recorded-albums.js';
import type { ListedPage } from './recorded-listing.js';
import { relative } from './relative-address.js';
import type { RecordedNext } from './request-change.js';
import { formOf, jsonOf, leafKey, withLeaves } from './request-leaves.js';
import type { TypedAccount } from './typed-account.js';

/** What is known of the requests for photos. */
interface ListingFacts {
  pages: readonly ListedPage[];
  next: RecordedNext | undefined;
  albums: RecordedAlbums | undefined;
  startUrl: string;
  /** Parameters of addresses that the sign-in gives. */
  parameters: readonly string[];
  typed: TypedAccount | undefined;
}

/** The rules of `listing` that the requests for photos tell. */
export function listingRules(facts: ListingFacts): LearnedRule[] {
  const { pages, next, albums, startUrl } = facts;
  const [first] = pages;
  if (first === undefined) return [];
  const address = startAddress(first.exchange, facts);
  const seenOn = `${pages.length} ${pages.length === 1 ? 'request' : 'requests'} of the recording`;
  const post = postRule(facts);
  const level: LearnedRule[] = [
    ...(post === undefined ? [] : [{ place: 'post', rule: post, seenOn }]),
    ...(next === undefined
      ? []
      : [
          {
            place: 'next',
            rule: next.rule,
            seenOn: next.seenOn,
            ...(next.isUncertain && { isUncertain: next.isUncertain }),
          },
        ]),
    ...(first.rows?.json === undefined ? [] : [{ place: 'json', rule: first.rows.json, seenOn }]),
  ];
  if (albums === undefined) {
    return [
      { place: 'listing.start', rule: address, seenOn },
      ...level.map((rule) => ({ ...rule, place: `listing.${rule.place}` })),
    ];
  }
  const inside = Object.fromEntries(level.map(({ place, rule }) => [place, rule]));
  return [
    {
      place: 'listing.start',
      rule: relative(withoutParameters(albums.index.url, facts.parameters), startUrl),
      seenOn: albums.seenOn,
    },
    {
      place: 'listing.albums',
      rule: {
        row: albums.row,
        values: { [albums.slot]: { select: albums.select } },
        address: withSlot(address, albums),
        ...(albums.title !== undefined && { title: { select: albums.title } }),
        listing: inside,
      },
      seenOn: albums.seenOn,
      ...(albums.isUncertain && { isUncertain: albums.isUncertain }),
    },
  ];
}

/** The address of the first page, without what the sign-in gives and what changes from page to page. */
function startAddress(
  exchange: Exchange,
  { next, startUrl, parameters, typed }: ListingFacts,
): string {
  const isWindow = next?.rule.by === 'window';
  const moving = [...(next?.slots.values() ?? [])].filter(
    ({ leaf, slot }) => leaf.where === 'query' && (isWindow || slot === 'cursor'),
  );
  const left = [...parameters, ...moving.map(({ leaf }) => leaf.path[0] ?? '')];
  const address = relative(withFirst(withoutParameters(exchange.url, left), next), startUrl);
  const username = typed?.username;
  if (username === undefined || username.length < 3) return address;
  return address
    .split(/(?<=[/?&=])|(?=[/?&=])/)
    .map((part) => (part === encodeURIComponent(username) ? '{username}' : part))
    .join('');
}

/** The address of the first page, where the visit had only further ones. */
function withFirst(address: string, next: RecordedNext | undefined): string {
  const { by, parameter, first = 1 } = next?.rule ?? {};
  if (by !== 'number' || typeof parameter !== 'string') return address;
  if (parameterOf(new URL(address), parameter) === undefined) return address;
  return withParameter(address, parameter, String(first));
}

function withoutParameters(address: string, names: readonly string[]): string {
  const url = new URL(address);
  const parts = url.search.slice(1).split('&').filter(Boolean);
  const kept = parts.filter((part) => !names.includes(decoded(part.split('=', 1)[0] ?? '')));
  url.search = '';
  return kept.length === 0 ? url.href : `${url.href}?${kept.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A percent sign of its own.
    return text;
  }
}

/** An address with a slot for an album's value. */
function withSlot(address: string, { value, slot }: RecordedAlbums): string {
  const written = encodeURIComponent(value);
  return address
    .split(/(?<=[/?&=])|(?=[/?&=])/)
    .map((part) => (part === written || decoded(part) === value ? `{${slot}}` : part))
    .join('');
}

/** What is posted for each page; undefined where pages are fetched. */
function postRule({ pages, next, typed }: ListingFacts): object | undefined {
  const slots = next?.slots ?? new Map();
  // The request that has all that changes: the first one may have no cursor.
  const isWhole = ({ exchange }: ListedPage) =>
    [...slots.values()].every(({ leaf }) =>
      exchange.body?.text.includes(JSON.stringify(leaf.value).slice(1, -1)),
    );
  const exchange = (pages.find(isWhole) ?? pages[0])?.exchange;
  if (exchange?.method !== 'POST') return undefined;
  const slotAt = (where: 'form' | 'json', path: readonly string[]) => {
    const found = slots.get(leafKey({ where, path, value: '', isNumber: false }));
    return found === undefined ? undefined : `{${found.slot}}`;
  };
  const form = formOf(exchange);
  if (form !== undefined) {
    const fields = form.map(([name, value]) => [
      name,
      slotAt('form', [name]) ?? (value !== '' && value === typed?.username ? '{username}' : value),
    ]);
    return { reads: true, form: Object.fromEntries(fields) };
  }
  const json = jsonOf(exchange);
  if (json === undefined) return undefined;
  const numbers = [...slots.values()].flatMap(({ leaf, slot }) =>
    leaf.isNumber && slot !== 'number' ? [slot] : [],
  );
  return {
    reads: true,
    json: withLeaves(json, (path) => slotAt('json', path)),
    ...(numbers.length > 0 && { numbers }),
  };
}
