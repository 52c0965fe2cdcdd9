import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Look } from '../../src/learn/look.js';
import { Page } from '../../src/page/page.js';
import { HtmlPart, JsonPart, type PagePart } from '../../src/profile/page-part.js';
import { SiteVisit } from '../../src/visit/site-visit.js';
import { withServer } from '../helpers/with-server.js';

/** What a site answers: a page, a film, or a picture by its width and a name that makes it unlike others. */
export type ServedFile = string | Buffer | { width: number; name: string } | undefined;

/** A look at an album that a test serves. */
export interface AlbumLook extends Look {
  /** Paths that were requested, in order. */
  readonly requested: string[];
  readonly origin: string;
}

/** A picture of three quarters' height, of one color that depends on its name. */
async function pictureOf({ width, name }: { width: number; name: string }): Promise<Buffer> {
  const [r = 0, g = 0, b = 0] = createHash('sha256').update(name).digest();
  const height = Math.round((width * 3) / 4);
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer();
}

/** Serves an album while `work` looks at it, over real HTTP. */
export async function withAlbumSite(
  files: (path: string) => ServedFile,
  work: (look: AlbumLook) => Promise<void>,
): Promise<void> {
  const requested: string[] = [];
  await withServer(
    async (request, response) => {
      const path = request.url ?? '/';
      requested.push(path);
      const file = files(path);
      if (file === undefined) response.writeHead(404).end('there is no such file');
      else if (typeof file === 'string') {
        const type = /^\s*[{[]/.test(file) ? 'application/json' : 'text/html; charset=utf-8';
        response.writeHead(200, { 'content-type': type }).end(file);
      } else if (Buffer.isBuffer(file)) {
        response.writeHead(200, { 'content-type': 'video/mp4' }).end(file);
      } else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(await pictureOf(file));
    },
    async (origin) => {
      const visit = new SiteVisit({
        account: { siteUrl: origin, username: '' },
        credentials: { username: '', password: '' },
        maxPerMinute: undefined,
        userAgent: 'photo-escape',
        idleTimeout: 5000,
        proxies: { except: '' },
        signal: new AbortController().signal,
      });
      const known = new Map<string, unknown>();
      const once = async <Found>(key: string, fetch: () => Promise<Found>): Promise<Found> => {
        if (!known.has(key)) known.set(key, await fetch());
        return known.get(key) as Found;
      };
      try {
        await work({
          requested,
          origin,
          page: (asked) => {
            const url = typeof asked === 'string' ? asked : asked.url;
            return once(`page ${url}`, () => visit.fetchPage(url));
          },
          picture: (url) => once(`picture ${url}`, () => visit.fetchPicture(url)),
          get left() {
            return 60 - requested.length;
          },
        });
      } finally {
        visit.close();
      }
    },
  );
}

/** The rows that a selector or a JSON path finds on a page. */
export function rowsOn(page: Page, row: string): PagePart[] {
  if (!row.startsWith('$')) return HtmlPart.of(page.document).parts(row);
  return new JsonPart({ value: JSON.parse(page.text) }).parts(row);
}

/** A page of text as it would come from an address. */
export function pageOf(url: string, text: string): Page {
  return new Page({ url, text, isHtml: !/^\s*[{[]/.test(text) });
}
