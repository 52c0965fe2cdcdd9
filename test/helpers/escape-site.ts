import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { saveAlbum } from '../../src/cli/save-album.js';
import { RunControl } from '../../src/crawl/run-control.js';
import type { Ending } from '../../src/errors.js';
import type { Profile } from '../../src/profile/schema.js';
import type { EscapeOrder } from '../../src/rescue/escape-album.js';
import type { OrderChange } from './escape-replica.js';
import { withTemporaryFolder } from './temporary-folder.js';
import { withServer } from './with-server.js';

/** What a site answers at its addresses, paths with queries; all others are not found. */
export type Answers = Record<string, string | Buffer | Answer>;
/** An answer that depends on the request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A site of a test's own, and a storage folder to save it to. */
export interface TestSite {
  origin: string;
  storage: string;
  /** Paths that were asked for, with their method where it is not GET. */
  asked: string[];
  run(change?: OrderChange, control?: RunControl): Promise<{ ending: Ending; lines: string[] }>;
}

/** A picture of one colour: a file of its own for each number of red. */
export function picture(red: number): Promise<Buffer> {
  const background = { r: red, g: 100, b: 50 };
  return sharp({ create: { width: 12, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Serves a site and saves it with a profile as often as the test likes. */
export function withTestSite(
  profile: Profile,
  answersAt: (origin: string) => Answers,
  work: (site: TestSite) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  let answers: Answers = {};
  return withServer(
    (request, response) => {
      const { method = 'GET', url = '/' } = request;
      asked.push(method === 'GET' ? url : `${method} ${url}`);
      const answer = answers[url];
      if (typeof answer === 'function') answer(request, response);
      else if (answer === undefined) response.writeHead(404).end('<h1>Not found</h1>');
      else {
        const isPage = typeof answer === 'string';
        const isJson = isPage && /^[[{]/.test(answer);
        const type = isPage
          ? isJson
            ? 'application/json'
            : 'text/html; charset=utf-8'
          : 'image/png';
        response.setHeader('content-type', type).end(answer);
      }
    },
    (origin) => {
      answers = answersAt(origin);
      return withTemporaryFolder((folder) => {
        const storage = join(folder, 'storage');
        return work({
          origin,
          storage,
          asked,
          async run(change: OrderChange = {}, control = new RunControl()) {
            const err = new PassThrough();
            const printed = text(err);
            const terminal = { in: new PassThrough(), out: new PassThrough(), err };
            const order: EscapeOrder = {
              profile,
              identity: { profile: profile.name, url: `${origin}/`, username: 'anna' },
              credentials: { username: 'anna', password: 's3cret' },
              storage,
              concurrency: 4,
              maxPerMinute: undefined,
              userAgent: 'tester',
              thumbnails: 'sample',
              timing: { retryDelay: 1, idleTimeout: 2000, pause: 1 },
              ...change,
            };
            const ending = await saveAlbum(order, { terminal, control }, change.verbose);
            err.end();
            return { ending, lines: (await printed).trimEnd().split('\n') };
          },
        });
      });
    },
  );
}
