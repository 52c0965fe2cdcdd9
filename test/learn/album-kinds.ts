import { randomBytes } from 'node:crypto';

/** Albums of 20 photos, 8 on a page, as software of the web shows them. */
export interface AlbumKind {
  start: string;
  /** The page of an address; undefined where there is none. */
  page(url: URL): string | undefined;
  /** The number and the width of the picture of an address. */
  picture(url: URL): readonly [number: number, width: number] | undefined;
}

/** How many photos each album has. */
export const count = 20;
const size = 8;
const last = Math.ceil(count / size);

function photosOf(page: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1).slice((page - 1) * size, page * size);
}

function frame(title: string, body: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><header><a href="/"><img src="/logo.png" width="90" height="30"></a></header><h1>${title}</h1>${body}<footer><a href="/about">About</a></footer></html>`;
}

/** The page that a parameter asks for. */
function paged(
  url: URL,
  path: string,
  parameter: string,
  write: (page: number) => string | undefined,
): string | undefined {
  const page = Number(url.searchParams.get(parameter) ?? 1);
  return url.pathname === path && page <= last ? write(page) : undefined;
}

function match(url: URL, expression: RegExp): string[] {
  return expression.exec(url.pathname + url.search)?.slice(1) ?? [];
}

const widths: Record<string, number> = { t: 60, m: 120, o: 240 };

/** A photo of which only the folder says the size. */
const plainPhoto = (number: number) =>
  `<a class="photo" href="/o/${number * 17}.jpg"><img src="/t/${number * 17}.jpg"></a>`;

function plainPicture(url: URL): readonly [number: number, width: number] | undefined {
  const [folder = '', number] = match(url, /^\/([to])\/(\d+)\.jpg$/);
  return number === undefined ? undefined : [Number(number) / 17, widths[folder] ?? 0];
}

/** What is learned, by what is particular to it. */
export const albumKinds: Record<string, AlbumKind> = {
  'JSON in the page, a link to the next': {
    start: '/n-XYZ',
    page: (url) =>
      paged(url, '/n-XYZ', 'page', (page) => {
        const images = photosOf(page).map((number) => ({
          key: (number * 7919).toString(36),
          title: `Party ${number}`,
          sizes: Object.fromEntries(
            Object.entries(widths).map(([name, w]) => [
              name,
              { url: `/i-${number * 37}/${name}.jpg`, w },
            ]),
          ),
        }));
        const next = page < last ? `<a rel="next" href="/n-XYZ?page=${page + 1}"></a>` : '';
        return frame(
          'Party',
          `<script type="application/json">${JSON.stringify({ album: { count }, images })}</script>${next}`,
        );
      }),
    picture: (url) => {
      const [number, name = ''] = match(url, /^\/i-(\d+)\/(\w)\.jpg$/);
      return number === undefined ? undefined : [Number(number) / 37, widths[name] ?? 0];
    },
  },
  'folders with German names': {
    start: '/fotos.php?album=hochzeit',
    page: (url) =>
      paged(url, '/fotos.php', 'seite', (page) => {
        const rows = photosOf(page).map(
          (number) =>
            `<div class="bild"><a href="bild.php?id=${number * 9}"><img src="bilder/klein/dsc${number * 13}.jpg"></a></div>`,
        );
        const next =
          page < last
            ? `<a href="fotos.php?album=hochzeit&amp;seite=${page + 1}">weiter »</a>`
            : '';
        return frame('Hochzeit', `<div id="bilder">${rows.join('')}</div>${next}`);
      }),
    picture: (url) => {
      const [folder, number] = match(url, /^\/bilder\/(klein|gross)\/dsc(\d+)\.jpg$/);
      return number === undefined
        ? undefined
        : [Number(number) / 13, folder === 'klein' ? 60 : 240];
    },
  },
  'a page of its own with a smaller picture, the original beside it': {
    start: '/thumbnails.php?album=4',
    page: (url) => {
      const [pid] = match(url, /^\/displayimage\.php\?album=4&pid=(\d+)$/);
      if (pid !== undefined) {
        return frame('File', `<img src="albums/normal_DSC${Number(pid) * 3}.jpg" width="120">`);
      }
      return paged(url, '/thumbnails.php', 'page', (page) => {
        const cells = photosOf(page).map(
          (number) =>
            `<td><a href="displayimage.php?album=4&amp;pid=${number}"><img src="albums/thumb_DSC${number * 3}.jpg"></a><span>Walk ${number}</span></td>`,
        );
        const tabs = Array.from({ length: last }, (_, at) =>
          at + 1 === page
            ? `<td><b>${page}</b></td>`
            : `<td><a href="thumbnails.php?album=4&amp;page=${at + 1}">${at + 1}</a></td>`,
        );
        return frame('Walks', `<table><tr>${cells.join('')}</tr><tr>${tabs.join('')}</tr></table>`);
      });
    },
    picture: (url) => {
      const [prefix, number] = match(url, /^\/albums\/(thumb_|normal_)?DSC(\d+)\.jpg$/);
      if (number === undefined) return undefined;
      return [Number(number) / 3, { thumb_: 60, normal_: 120 }[prefix ?? ''] ?? 240];
    },
  },
  'a picture on a page of its own, with a link around it to the original': {
    start: '/main.php?item=12',
    page: (url) => {
      const [item] = match(url, /^\/main\.php\?item=(\d+)$/);
      const number = item === undefined || item === '12' ? undefined : Number(item) - 100;
      if (number !== undefined) {
        const large = `main.php?view=Item&amp;id=${number}&amp;size=240`;
        return frame(
          'File',
          `<a href="${large}"><img src="main.php?view=Item&amp;id=${number + 500}&amp;size=120" width="120"></a>`,
        );
      }
      return paged(url, '/main.php', 'page', (page) => {
        const cells = photosOf(page).map(
          (number) =>
            `<td class="cell"><a href="main.php?item=${number + 100}"><img src="main.php?view=Item&amp;id=${number + 900}&amp;size=60"></a></td>`,
        );
        const next =
          page < last
            ? `<a class="next" href="main.php?item=12&amp;page=${page + 1}">next</a>`
            : '';
        return url.searchParams.get('item') === '12'
          ? frame('Trip', `<table><tr>${cells.join('')}</tr></table>${next}`)
          : undefined;
      });
    },
    picture: (url) => {
      const [id, width] = match(url, /^\/main\.php\?view=Item&id=(\d+)&size=(\d+)$/);
      return id === undefined ? undefined : ([Number(id) % 100, Number(width)] as const);
    },
  },
  'a file of JSON that the page loads, and further pages of it': {
    start: '/albums/5',
    page: (url) => {
      if (url.pathname === '/albums/5') {
        return frame('Api', "<script>fetch('/api/albums/5/photos?page=1').then(show)</script>");
      }
      return paged(url, '/api/albums/5/photos', 'page', (page) => {
        const photos = photosOf(page).map((number) => {
          const id = (number * 7919).toString(36);
          return { id, caption: `No ${number}`, thumb_url: `/f/${id}_t.jpg` };
        });
        return JSON.stringify({ page, total: count, photos });
      });
    },
    picture: (url) => {
      const [id, name = ''] = match(url, /^\/f\/(\w+)_(\w)\.jpg$/);
      return id === undefined ? undefined : [Number.parseInt(id, 36) / 7919, widths[name] ?? 0];
    },
  },
  'years that lead to events, and those to photos': {
    start: '/archive/',
    page: ({ pathname }) => {
      if (pathname === '/archive/') {
        const years = [2018, 2019].map(
          (year) => `<li><a href="/archive/${year}/">${year}</a></li>`,
        );
        return frame('Archive', `<ul class="years">${years.join('')}</ul>`);
      }
      const [, year = '', event] =
        /^\/archive\/(201[89])\/(?:event-([12])\/)?$/.exec(pathname) ?? [];
      if (year === '') return undefined;
      const first = (of: number) => (Number(year) - 2018) * 10 + (of - 1) * 5 + 1;
      if (event === undefined) {
        const events = [1, 2].map(
          (of) =>
            `<li><a href="event-${of}/"><img src="/t/${first(of) * 7}.jpg"> Event ${of} (5 photos)</a></li>`,
        );
        return frame(year, `<ul class="events">${events.join('')}</ul>`);
      }
      const photos = Array.from({ length: 5 }, (_, at) => (first(Number(event)) + at) * 7);
      return frame(
        `Event ${event}`,
        photos.map((n) => `<a class="pic" href="/o/${n}.jpg"><img src="/t/${n}.jpg"></a>`).join(''),
      );
    },
    picture: (url) => {
      const [folder = '', number] = match(url, /^\/([to])\/(\d+)\.jpg$/);
      return number === undefined ? undefined : [Number(number) / 7, widths[folder] ?? 0];
    },
  },
  'a first album of one page, and a second of three': {
    start: '/albums',
    page: (url) => {
      if (url.pathname === '/albums') {
        const covers = [1, 4].map(
          (first) =>
            `<li><a href="/albums/a${first}"><img src="/t/${first * 17}.jpg"><b>Album ${first}</b></a></li>`,
        );
        return frame('Albums', `<ul class="albums">${covers.join('')}</ul>`);
      }
      const [first, at = '1'] = match(url, /^\/albums\/a(\d)(?:\?page=(\d))?$/);
      if (first === undefined) return undefined;
      const all = Array.from({ length: count }, (_, index) => index + 1);
      const own = first === '1' ? all.slice(0, 3) : all.slice(3);
      const shown = own.slice((Number(at) - 1) * size, Number(at) * size);
      const next = `<a class="next" href="/albums/a${first}?page=${Number(at) + 1}">Next page</a>`;
      return frame(
        `Album ${first}`,
        `<div class="photos">${shown.map(plainPhoto).join('')}</div>${own.length > Number(at) * size ? next : ''}`,
      );
    },
    picture: plainPicture,
  },
  'more photos that a script loads at the end': {
    start: '/wall',
    page: (url) => {
      const [after = '0'] = match(url, /^\/wall\/more\?after=(\d+)$/);
      if (url.pathname !== '/wall' && after === '0') return undefined;
      const photos = photosOf(Number(after) / size + 1).map(plainPhoto);
      const end = Number(after) + size;
      const more = `<div id="more" class="infinite-scroll" data-url="/wall/more?after=${end}"></div>`;
      const body = photos.join('') + (end < count ? more : '');
      return after === '0' ? frame('Wall', body) : body;
    },
    picture: plainPicture,
  },
  'addresses that are signed anew for each visit': {
    start: '/g/7',
    page: (url) =>
      paged(url, '/g/7', 'p', (page) => {
        const signed = () => `X-Sig=${randomBytes(6).toString('hex')}`;
        const rows = photosOf(page).map((number) => {
          const folder = `/media/${(number * 7919).toString(36)}`;
          return `<a class="tile" href="${folder}/240.jpg?${signed()}"><img src="${folder}/60.jpg?${signed()}"></a>`;
        });
        const next = page < last ? `<a href="/g/7?p=${page + 1}" aria-label="Next">→</a>` : '';
        return frame('Signed', `<div class="tiles">${rows.join('')}</div>${next}`);
      }),
    picture: (url) => {
      const [key, width] = match(url, /^\/media\/(\w+)\/(\d+)\.jpg\?X-Sig=/);
      return key === undefined ? undefined : [Number.parseInt(key, 36) / 7919, Number(width)];
    },
  },
};
