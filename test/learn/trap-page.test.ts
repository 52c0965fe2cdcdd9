import { expect, test } from '@jest/globals';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { draw } from './gallery.js';

/** Links that change something, by the words and addresses that say so. Each has an address of its own. */
const traps: Record<string, (id: number) => string> = {
  rails: (id) => `<a data-method="delete" href="/trap/rails/${id}">×</a>`,
  turbo: (id) => `<a data-turbo-method="post" href="/trap/turbo/${id}">☆</a>`,
  confirmed: (id) => `<a data-confirm="Sure?" href="/trap/confirmed/${id}">×</a>`,
  script: (id) => `<a onclick="return removePhoto(${id})" href="/trap/script/${id}">×</a>`,
  rate: (id) => `<a href="/album?action=rate&rate=5&image=${id}">★</a>`,
  cart: (id) => `<a href="/cart/add/${id}">+</a>`,
  share: (id) => `<a href="/album/${id}/share?to=facebook">f</a>`,
  english: (id) => `<a href="/trap/en/${id}">Delete photo</a>`,
  german: (id) => `<a href="/trap/de/${id}">Foto löschen</a>`,
  germanVote: (id) => `<a href="/trap/de-vote/${id}">Bewerten</a>`,
  french: (id) => `<a href="/trap/fr/${id}">Supprimer la photo</a>`,
  frenchBuy: (id) => `<a href="/trap/fr-buy/${id}">Ajouter au panier</a>`,
  spanish: (id) => `<a href="/trap/es/${id}">Eliminar foto</a>`,
  spanishShare: (id) => `<a href="/trap/es-share/${id}">Compartir</a>`,
  polish: (id) => `<a href="/trap/pl/${id}">Usuń zdjęcie</a>`,
  polishVote: (id) => `<a href="/trap/pl-vote/${id}">Zagłosuj</a>`,
  japanese: (id) => `<a href="/trap/ja/${id}">写真を削除</a>`,
  japaneseBuy: (id) => `<a href="/trap/ja-buy/${id}">カートに入れる</a>`,
  russian: (id) => `<a href="/trap/ru/${id}">Удалить фото</a>`,
  russianBuy: (id) => `<a href="/trap/ru-buy/${id}">Купить</a>`,
};
/** Links of the page that end the session. */
const signOuts = [
  '<a href="/trap/out/de">Abmelden</a>',
  '<a href="/trap/out/fr">Se déconnecter</a>',
  '<a href="/trap/out/es">Cerrar sesión</a>',
  '<a href="/trap/out/pl">Wyloguj się</a>',
  '<a href="/trap/out/ja">ログアウト</a>',
  '<a href="/trap/out/ru">Выйти</a>',
  '<a href="/logout" rel="next">»</a>',
  '<a href="/album?page=2&action=delete" class="next">Next</a>',
];

/** Learns an album of 12 photos, each row with what is handed in; returns what was requested. */
async function learn(inRow: (id: number) => string, aroundRows = '', words: string[] = []) {
  const requests: string[] = [];
  let end = { code: 0 as number | null, out: '', err: '' };
  const row = (id: number, at: number) =>
    `<li class="photo">${at % 2 ? inRow(id) : ''}<a href="/200/${id}.jpg"><img src="/60/${id}.jpg" alt=""></a>${at % 2 ? '' : inRow(id)}</li>`;
  const ids = Array.from({ length: 12 }, (_, index) => 4000 + index * 7);
  await withTemporaryFolder((cwd) =>
    withServer(
      async (request, response) => {
        requests.push(`${request.method} ${request.url}`);
        const [, side, id] = /^\/(60|200)\/(\d+)\.jpg$/.exec(request.url ?? '') ?? [];
        if (id !== undefined) return void response.end(await draw(Number(side), Number(id)));
        response.writeHead(request.url === '/album' ? 200 : 404, { 'content-type': 'text/html' });
        response.end(`<h1>Summer</h1>${aroundRows}<ul>${ids.map(row).join('')}</ul>`);
      },
      async (origin) => {
        end = await runProgram(['learn', `${origin}/album`, ...words], { cwd });
      },
    ),
  );
  return { ...end, requests };
}

/** What a request must not be for. */
const isTrap = (request: string) => /trap|action=|cart|share|logout/.test(request);

/** Of these, so many stand in a row together: all of them at once are looked at apart. */
const trapsInRow = 4;
const rows = Object.entries(traps).flatMap((_, at, all) =>
  at % trapsInRow === 0 ? [all.slice(at, at + trapsInRow)] : [],
);

test.each(rows.map((row) => [row.map(([name]) => name).join(', '), row] as const))(
  'no link in a row that changes something is opened: %s',
  async (_names, row) => {
    const { code, requests, err } = await learn((id) => row.map(([, trap]) => trap(id)).join(''));
    expect(requests.filter(isTrap)).toEqual([]);
    expect([code, err]).toEqual([0, expect.stringContaining('the profile works')]);
  },
);

test('no link that signs out is opened, nor one behind all of them at once; all requests are listed', async () => {
  const all = (id: number) =>
    Object.values(traps)
      .map((trap) => trap(id))
      .join('');
  const { requests, err } = await learn(all, signOuts.join(''), ['--verbose']);
  expect(requests.filter(isTrap)).toEqual([]);
  expect(requests.every((one) => one.startsWith('GET '))).toBe(true);
  expect(requests.length).toBeLessThanOrEqual(60);
  const listed = [...err.matchAll(/^ {2}http:\/\/[^/]+(\/\S*)$/gm)].map(
    ([, path]) => `GET ${path}`,
  );
  expect(listed).toEqual(requests);
});
