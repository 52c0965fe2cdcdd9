import type { Exchange } from './exchange.js';

/** An expression for the name of a cookie that an answer sets, and that is sent from then on. */
export function newCookie(exchanges: readonly Exchange[], exchange: Exchange): string | undefined {
  const chain = exchanges.filter(
    ({ place }) => place >= exchange.place && place <= exchange.place + 3,
  );
  const later = exchanges.filter(({ place }) => place > exchange.place);
  const before = exchanges.filter(({ place }) => place < exchange.place);
  const names = chain.flatMap(({ setCookies }) => setCookies.map(({ name }) => name));
  const sent = names.filter((name) =>
    later.some(({ sentCookies }) => sentCookies.some((cookie) => cookie.name === name)),
  );
  const fresh = sent.filter(
    (name) => !before.some(({ setCookies }) => setCookies.some((cookie) => cookie.name === name)),
  );
  const named = fresh.find((name) => /sess|sid|auth|token|login|user/i.test(name)) ?? fresh[0];
  if (named === undefined) return undefined;
  // A name with many digits may be another one in each visit.
  const parts = named.split(/\d{3,}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return `^${parts.join('\\d+')}$`;
}
