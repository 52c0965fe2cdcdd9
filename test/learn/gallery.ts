import type { RequestListener } from 'node:http';
import sharp from 'sharp';

/** A square picture in a colour of its own. */
export function draw(side: number, number: number): Promise<Buffer> {
  const background = { r: number % 256, g: 255 - (number % 256), b: 90 };
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** A gallery of 12 photos a page on three pages, whose thumbnails link to the photos. */
export function gallery(requested: string[] = []): RequestListener {
  return async (request, response) => {
    requested.push(`${request.method} ${request.url}`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://album.test');
    const picture = /^\/(small|large)\/(\d+)\.jpg$/.exec(pathname);
    if (picture !== null) {
      const [, size, number = ''] = picture;
      const side = size === 'small' ? 60 : 200;
      response.setHeader('content-type', 'image/jpeg');
      response.end(await draw(side, Number(number)));
      return;
    }
    if (pathname !== '/album') return void response.writeHead(404).end('none');
    const page = Number(searchParams.get('page') ?? 1);
    const numbers = Array.from({ length: 12 }, (_, index) => 4000 + ((page - 1) * 12 + index) * 7);
    const rows = numbers.map(
      (number) =>
        `<li class="photo"><a href="/large/${number}.jpg"><img src="/small/${number}.jpg" alt="Photo ${number}"></a></li>`,
    );
    const next = page < 3 ? `<a rel="next" href="/album?page=${page + 1}">Next</a>` : '';
    response.setHeader('content-type', 'text/html');
    response.end(
      `<title>Summer</title><h1>Summer</h1><a href="/logout">Sign out</a><ul id="photos">${rows.join('')}</ul><nav>${next}</nav>`,
    );
  };
}
