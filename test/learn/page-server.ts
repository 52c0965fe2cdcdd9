import sharp from 'sharp';
import { withServer } from '../helpers/with-server.js';

/** Pages of a site by their paths and queries, as HTML. */
export type SitePages = Readonly<Record<string, string>>;

/** The address of a picture that {@link servePages} draws, each name in a colour of its own. */
export function pictureAt(name: string, width: number, height = Math.round(width * 0.75)): string {
  return `/img/${name}-${width}x${height}.jpg`;
}

/** Serves pages and their pictures. */
export function servePages<Result>(
  pages: SitePages,
  work: (origin: string, requests: string[]) => Promise<Result>,
): Promise<Result> {
  const requests: string[] = [];
  return withServer(
    async (request, response) => {
      const path = request.url ?? '/';
      requests.push(`${request.method} ${path}`);
      const [, name, width, height] = /^\/img\/(.+)-(\d+)x(\d+)\.jpg$/.exec(path) ?? [];
      if (name !== undefined) {
        const picture = await drawn(name, Number(width), Number(height));
        response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
        return;
      }
      const html = pages[path];
      const type = { 'content-type': 'text/html; charset=utf-8' };
      if (html === undefined) response.writeHead(404, type).end('<h1>Not found</h1>');
      else response.writeHead(200, type).end(html);
    },
    (origin) => work(origin, requests),
  );
}

function drawn(name: string, width: number, height: number): Promise<Buffer> {
  const sum = [...name].reduce((total, letter) => total * 31 + letter.charCodeAt(0), 7);
  const background = { r: sum % 256, g: (sum >> 3) % 256, b: (sum >> 6) % 256 };
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
