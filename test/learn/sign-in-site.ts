import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { withServer } from '../helpers/with-server.js';

/** What a visitor asks for. */
interface Visit {
  url: URL;
  isSignedIn: boolean;
  /** The site's cookie for visitors, which tokens are bound to. */
  visitor: string;
}

/** An answer: a page, or a redirect. */
type Answer = string | { to: string } | { status: number; html: string; headers?: object };

/** A site with a form to sign in with, beside forms for other things. */
export interface TestSite {
  name: string;
  /** The album's path. */
  album: string;
  answer(visit: Visit): Answer;
  /** Where the right form is posted, and whether what was posted is all that a browser sends. */
  accepts(path: string, posted: URLSearchParams, visit: Visit): boolean;
  /** What should be learned. */
  learned: { page: string; fields: Record<string, string>; form?: string; button?: string };
  /** A part of the proof that should be found. */
  proof: string;
}

export const anna = { username: 'anna', password: 's3cret!' };

/** Serves a site; what is posted wrongly counts as a mistake. */
export function serveSite<Result>(
  site: TestSite,
  work: (origin: string, mistakes: string[]) => Promise<Result>,
): Promise<Result> {
  const sessions = new Set<string>();
  const mistakes: string[] = [];
  let number = 0;
  return withServer(
    async (request, response) => {
      const cookies = request.headers.cookie ?? '';
      const known = /visitor=(\w+)/.exec(cookies)?.[1];
      const visitor = known ?? `v${++number}`;
      const url = new URL(request.url ?? '/', 'http://site');
      const isSignedIn = sessions.has(/session=(\w+)/.exec(cookies)?.[1] ?? '');
      if (known === undefined) response.appendHeader('set-cookie', `visitor=${visitor}; Path=/`);
      const visit = { url, isSignedIn, visitor };
      if (request.method !== 'POST') return send(response, site.answer(visit));
      const posted = await postedBy(request);
      if (!site.accepts(`${url.pathname}${url.search}`, posted, visit)) {
        mistakes.push(`${request.url} ${posted}`);
        return send(response, site.answer(visit));
      }
      if (![...posted.values()].includes(anna.password)) return send(response, site.answer(visit));
      const session = `s${++number}`;
      sessions.add(session);
      response.appendHeader('set-cookie', `session=${session}; Path=/; HttpOnly`);
      send(response, { to: site.album });
    },
    (origin) => work(origin, mistakes),
  );
}

async function postedBy(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}

function send(response: ServerResponse, answer: Answer): void {
  if (typeof answer === 'string') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  } else if ('to' in answer) response.writeHead(302, { location: answer.to }).end();
  else {
    const headers = { 'content-type': 'text/html; charset=utf-8', ...answer.headers };
    response.writeHead(answer.status, headers).end(answer.html);
  }
}

/** Photos as an album shows them. */
export const photos = Array.from(
  { length: 6 },
  (_, index) =>
    `<li class="photo"><a href="/photos/${index}.jpg"><img src="/thumbs/${index}.jpg" alt=""></a></li>`,
).join('\n');
