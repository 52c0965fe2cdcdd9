import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { withServer } from './with-server.js';

/** A request as a host that is not the album's saw it. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Runs the work beside a host of another name that notes every request and answers each alike. */
export function withOtherHost(
  answer: (response: ServerResponse, url: string) => unknown,
  work: (origin: string, seen: Seen[]) => Promise<void>,
): Promise<void> {
  const seen: Seen[] = [];
  return withServer(
    async (request, response) => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: await text(request) });
      answer(response, url);
    },
    (origin) => work(underOtherName(origin), seen),
  );
}

/** The same server under another name: a cookie knows no ports (RFC 6265bis, section 8.5). */
export function underOtherName(origin: string): string {
  return origin.replace('127.0.0.1', 'localhost');
}
