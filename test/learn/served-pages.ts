import type { Look } from '../../src/learn/look.js';
import { Page } from '../../src/page/page.js';
import { withServer } from '../helpers/with-server.js';

/** What a site answers at an address (path and query): a page, or a page with headers. */
export type ServedPage =
  | string
  | { body: string; headers?: Record<string, string>; status?: number };

/** A look at a site that a test serves, with the addresses that it has requested. */
export interface TestLook extends Look {
  readonly requested: string[];
  /** Fetches a page that must be there. */
  open(path: string): Promise<Page>;
}

/** Serves pages while `work` looks at them. */
export async function withPages(
  pages: (address: string) => ServedPage | undefined,
  work: (look: TestLook) => Promise<void>,
): Promise<void> {
  await withServer(
    (request, response) => {
      const served = pages(request.url ?? '/');
      const {
        body,
        headers = {},
        status = 200,
      } = typeof served === 'string' ? { body: served } : (served ?? { body: 'none', status: 404 });
      const type = /^\s*[{[]/.test(body) ? 'application/json' : 'text/html; charset=utf-8';
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    },
    async (origin) => {
      const requested: string[] = [];
      const known = new Map<string, Page>();
      const open = async (path: string) => {
        const url = new URL(path, origin).href;
        const before = known.get(url);
        if (before !== undefined) return before;
        requested.push(url.slice(origin.length));
        const answer = await fetch(url);
        const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
        const page = new Page({
          url: answer.url,
          requestedUrl: url,
          text: await answer.text(),
          status: answer.status,
          type,
          isHtml: type === 'text/html',
          linkHeader: answer.headers.get('link') ?? undefined,
        });
        known.set(url, page);
        return page;
      };
      await work({
        requested,
        open,
        page: (request) => open(typeof request === 'string' ? request : request.url),
        picture: async () => undefined,
        get left() {
          return 60 - requested.length;
        },
      });
    },
  );
}
