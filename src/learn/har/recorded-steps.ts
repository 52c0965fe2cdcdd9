import { takenFrom } from './carried-value.js';
import type { Exchange } from './exchange.js';
import { isPublicValue } from './public-value.js';
import { bodyLeaves, formOf, jsonOf, leafKey, queryLeaves, withLeaves } from './request-leaves.js';
import type { TypedAccount } from './typed-account.js';

/** A step of a sign-in, as a profile has it. */
export interface RecordedStep {
  get?: string;
  post?: string;
  form?: Record<string, string>;
  json?: unknown;
  headers?: Record<string, string>;
  take?: Record<string, unknown>;
}

/** Headers that browsers send by themselves, or that say nothing to a site. */
const ownHeaders =
  /^(?::.*|accept|accept-.*|user-agent|referer|origin|cookie|content-.*|host|connection|sec-.*|dnt|cache-control|pragma|upgrade.*|if-.*|range|priority|te|keep-alive|proxy-.*|purpose|expect|transfer-encoding|trailer|traceparent|tracestate|x-datadog-.*|sentry-trace|baggage|newrelic|x-client-data)$/;
/** What may stand before a token in a header. */
const scheme = /^([A-Za-z][\w-]*\s+(?:\w+=)?"?)([^\s"]+)("?)$/;

/**
 * The requests that a sign-in needs, found backwards: from what later requests carry to the answers
 * that it was in.
 */
export class RecordedSteps {
  readonly #steps = new Map<Exchange, Record<string, unknown>>();
  readonly #names = new Map<string, string>();
  /** What was sent and came from nowhere in the recording, in words. */
  readonly unknown = new Set<string>();

  constructor(
    private readonly exchanges: readonly Exchange[],
    private readonly typed: TypedAccount | undefined,
    private readonly siteUrl: string,
  ) {}

  /** Adds a request as a step. */
  add(exchange: Exchange): void {
    if (this.#steps.has(exchange)) return;
    this.#steps.set(exchange, {});
    this.#step(exchange);
  }

  /** The requests that are steps, in order. */
  get exchanged(): Exchange[] {
    return [...this.#steps.keys()].sort((one, other) => one.place - other.place);
  }

  /** All steps, in order. */
  steps(): RecordedStep[] {
    return this.exchanged.map((exchange) => this.#step(exchange));
  }

  /** Headers and parameters of a request that came from answers, with slots, and fixed ones. */
  carriedBy(exchange: Exchange): {
    headers: Record<string, string>;
    query: Record<string, string>;
    fixed: Record<string, string>;
  } {
    const all = this.#headersOf(exchange);
    const isFilled = ([, value]: [string, string]) => /\{[a-zA-Z]+\}/.test(value);
    const query = queryLeaves(exchange.url).flatMap(({ path: [name = ''], value }) => {
      const slot = isPlain(value) ? undefined : this.#slotFor(value, name, exchange);
      return slot === undefined ? [] : [[name, slot]];
    });
    return {
      headers: Object.fromEntries(all.filter(isFilled)),
      query: Object.fromEntries(query),
      fixed: Object.fromEntries(all.filter((header) => !isFilled(header))),
    };
  }

  /** A step as it stands in a profile. */
  #step(exchange: Exchange): RecordedStep {
    const address = this.#address(exchange);
    const headers = Object.fromEntries(this.#headersOf(exchange));
    const take = this.#steps.get(exchange) ?? {};
    return {
      ...(exchange.method === 'GET' ? { get: address } : { post: address }),
      ...this.#body(exchange),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(Object.keys(take).length > 0 && { take }),
    };
  }

  #address(exchange: Exchange): string {
    const url = new URL(exchange.url);
    const parts = queryLeaves(exchange.url).map(({ path: [name = ''], value }) => {
      const filled = this.#filled(value, name, exchange);
      const written = filled === value ? encodeURIComponent(value) : filled;
      return `${encodeURIComponent(name)}=${written}`;
    });
    const own = url.origin === new URL(this.siteUrl).origin;
    return `${own ? '' : url.origin}${url.pathname}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
  }

  #body(exchange: Exchange): Pick<RecordedStep, 'form' | 'json'> {
    const form = formOf(exchange);
    if (form !== undefined) {
      const fields = form.map(([name, value]) => [name, this.#filled(value, name, exchange)]);
      return { form: Object.fromEntries(fields) };
    }
    const json = jsonOf(exchange);
    if (json === undefined) return {};
    const changed = new Map(
      bodyLeaves(exchange).flatMap((leaf): [string, string][] => {
        const filled = this.#filled(leaf.value, leaf.path.at(-1) ?? '', exchange);
        return filled === leaf.value ? [] : [[leafKey(leaf), filled]];
      }),
    );
    const keyOf = (path: readonly string[]) =>
      leafKey({ where: 'json', path, value: '', isNumber: false });
    return { json: withLeaves(json, (path) => changed.get(keyOf(path))) };
  }

  /** A value of a request with what was typed, or taken from an answer, as a slot. */
  #filled(value: string, name: string, exchange: Exchange): string {
    if (value === '') return value;
    if (value === this.typed?.password) return '{password}';
    if (value === this.typed?.username) return '{username}';
    if (this.typed?.codes.includes(value) === true) return '{code}';
    const slot = this.#slotFor(value, name, exchange);
    if (slot !== undefined) return slot;
    if (!isSecretLike(value) || this.#isPublic(value, exchange)) return value;
    this.unknown.add(`the field ${name}`);
    return '';
  }

  #headersOf(exchange: Exchange): [string, string][] {
    return [...exchange.headers].flatMap(([name, value]): [string, string][] => {
      if (ownHeaders.test(name) || value === '') return [];
      const filled = this.#filledHeader(name, value, exchange);
      if (filled !== undefined) return [[name, filled]];
      const isFixed = !isSecretLike(value) || this.#isPublic(value, exchange);
      if (name !== 'authorization' && isFixed) return [[name, value]];
      if (!/^basic /i.test(value)) this.unknown.add(`the header ${name}`);
      return [];
    });
  }

  /** A header with a slot for what was taken from an answer; undefined where nothing was. */
  #filledHeader(name: string, value: string, exchange: Exchange): string | undefined {
    const whole = this.#slotFor(value, name, exchange);
    if (whole !== undefined) return whole;
    const [, before = '', token = '', after = ''] = scheme.exec(value) ?? [];
    const slot = token === '' ? undefined : this.#slotFor(token, name, exchange);
    return slot && `${before}${slot}${after}`;
  }

  /** The slot for a value that was taken from an earlier answer, which becomes a step. */
  #slotFor(value: string, name: string, exchange: Exchange): string | undefined {
    const known = this.#names.get(value);
    if (known !== undefined && this.#isTakenBefore(known, exchange)) return `{${known}}`;
    const earlier = this.exchanges.filter(({ place }) => place < exchange.place);
    const taken = takenFrom(value, earlier);
    if (taken === undefined) return undefined;
    const slot = this.#newName(taken.name, name);
    this.#names.set(value, slot);
    this.add(taken.exchange);
    const values = this.#steps.get(taken.exchange);
    if (values !== undefined) values[slot] = taken.rule;
    return `{${slot}}`;
  }

  #isTakenBefore(name: string, { place }: Exchange): boolean {
    return [...this.#steps].some(([step, take]) => step.place < place && name in take);
  }

  #newName(...wanted: string[]): string {
    const used = new Set([
      ...this.#names.values(),
      'username',
      'password',
      'code',
      'number',
      'cursor',
    ]);
    const names = wanted.map((name) =>
      name
        .replace(/^[\W_]*x-/i, '')
        .replace(/[^a-zA-Z]+([a-zA-Z])?/g, (_, letter: string = '') => letter.toUpperCase())
        .replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase()),
    );
    const free = [...names, 'token', 'value', 'tokenA', 'tokenB', 'tokenC', 'tokenD', 'tokenE'];
    return free.find((name) => name !== '' && !used.has(name)) ?? `token${'X'.repeat(used.size)}`;
  }

  #isPublic(value: string, { place }: Exchange): boolean {
    return isPublicValue(value, place, this.exchanges, this.typed);
  }
}

/** Whether a value is one of those that anyone may send: words and small numbers. */
function isPlain(value: string): boolean {
  return value.length < 2 || /^[a-z]+$/i.test(value) || /^\d{1,7}$/.test(value);
}

/** Whether a value looks drawn at random, as tokens and keys are. */
export function isSecretLike(value: string): boolean {
  if (/\s/.test(value) && !/^\w+ \S+$/.test(value)) return false;
  const parts = value.split(/[\s.:/,;=&?-]+/);
  return parts.some(
    (part) =>
      part.length >= 16 && /\d/.test(part) && /[a-z]/i.test(part) && !/^\d+[a-z]{1,3}$/i.test(part),
  );
}
