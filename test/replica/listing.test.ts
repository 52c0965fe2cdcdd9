import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { get, pageIds, pageText, postSignIn, signIn, withReplica } from './visit.js';

describe('the listing', () => {
  const album = { photos: 100, photoBytes: 4_096 };

  describe('the listing', () => {
    test('has the markup of the site', () =>
      withReplica(album, async (replica) => {
        const [first] = replica.photos();
        const page = await pageText(replica, await signIn(replica), 1);
        expect(page).toContain(`<td align="center" valign="middle">
    <img src="${first?.thumbnailUrl}" alt="0" id="picture_${first?.id}" rot="${first?.rotation}" style="display: inline;">
    <canvas id="canvas_0" style="display:none;"></canvas>
</td>`);
        expect(first?.thumbnailUrl).toBe(
          `${replica.imageUrl}d2e6lg84of5d93.cloudfront.net/26~t~${first?.id}~${first?.version}.jpg`,
        );
      }));

    test('is a table of 6 rows of 8, with pictures of the site that are not of the album', () =>
      withReplica(album, async (replica) => {
        const $ = load(await pageText(replica, await signIn(replica), 1));
        expect($('#pictures tr')).toHaveLength(6);
        expect($('#pictures tr:first-child td')).toHaveLength(8);
        expect($('img').length).toBeGreaterThan($('img[src*="cloudfront"]').length + 2);
        expect($('a[href="/Account/LogOff"]')).toHaveLength(1);
        expect($('a[href="/Frame/AllPictures?p=3"]').length).toBeGreaterThan(0);
      }));

    test('shows every photo once, the newest first, and nothing past the last page', () =>
      withReplica(album, async (replica) => {
        const cookie = await signIn(replica);
        const pages = [];
        for (const page of [1, 2, 3, 4]) pages.push(await pageIds(replica, cookie, page));
        expect(pages.map((ids) => ids.length)).toEqual([48, 48, 4, 0]);
        expect(pages.flat()).toEqual(replica.photos().map((photo) => photo.id));
        const uploads = replica.photos().map((photo) => photo.uploadedAt);
        expect(uploads).toEqual([...uploads].sort().reverse());
      }));

    test.each(['', '?p=', '?p=0', '?p=-1', '?p=x', '?p=1.5'])('%p is the first page', (query) =>
      withReplica(album, async (replica) => {
        const answer = await get(`${replica.url}Frame/AllPictures${query}`, {
          cookie: await signIn(replica),
        });
        expect(await answer.text()).toContain(replica.photos()[0]?.id);
      }),
    );

    test('an empty album has an empty table', () =>
      withReplica({ ...album, photos: 0 }, async (replica) => {
        expect(await pageIds(replica, await signIn(replica), 1)).toEqual([]);
      }));

    test('may repeat its last page for ever', () =>
      withReplica({ ...album, repeatLastPage: true }, async (replica) => {
        const cookie = await signIn(replica);
        expect(await pageIds(replica, cookie, 9)).toEqual(await pageIds(replica, cookie, 3));
      }));

    test('may show photos twice', () =>
      withReplica({ ...album, photos: 60, pageSize: 10, duplicates: 3 }, async (replica) => {
        const ids = await pageIds(replica, await signIn(replica), 2);
        expect(ids).toHaveLength(13);
        expect(ids.slice(10)).toEqual(ids.slice(0, 3));
      }));
  });

  describe('an album that changes', () => {
    test('has new photos at the front once a page has been served', () =>
      withReplica(
        { ...album, changes: [{ whenPageServed: { page: 2 }, add: 5 }] },
        async (replica) => {
          const cookie = await signIn(replica);
          const before = replica.photos().map((photo) => photo.id);
          expect(await pageIds(replica, cookie, 2)).toEqual(before.slice(48, 96));
          const third = await pageIds(replica, cookie, 3);
          expect(third).toEqual(before.slice(91));
          expect(
            replica
              .photos()
              .map((photo) => photo.id)
              .slice(5),
          ).toEqual(before);
          const uploads = replica.photos().map((photo) => photo.uploadedAt);
          expect(uploads).toEqual([...uploads].sort().reverse());
        },
      ));

    test('can wait for the second serving of a page, and lose photos', () =>
      withReplica(
        { ...album, changes: [{ whenPageServed: { page: 1, time: 2 }, remove: 2 }] },
        async (replica) => {
          const cookie = await signIn(replica);
          const before = replica.photos().map((photo) => photo.id);
          await pageIds(replica, cookie, 1);
          expect(replica.photos()).toHaveLength(100);
          await pageIds(replica, cookie, 1);
          expect(replica.photos().map((photo) => photo.id)).toEqual(before.slice(2));
        },
      ));

    test('can be changed by hand, and remembers what it held', () =>
      withReplica(album, async (replica) => {
        const [first, second, third] = replica.photos();
        const bytes = await replica.originalBytes(first?.id ?? '');
        expect(replica.removePhotos([first?.id ?? '', 'unknown'])).toEqual([first]);
        expect((await get(first?.originalUrl ?? '')).status).toBe(404);
        expect(await replica.originalBytes(first?.id ?? '')).toEqual(bytes);

        const replaced = replica.replacePhoto(third?.id ?? '');
        expect(replica.photos().slice(0, 2)).toEqual([second, replaced]);
        expect(BigInt(replaced.version)).toBeGreaterThan(BigInt(third?.version ?? 0));
        expect((await get(third?.originalUrl ?? '')).status).toBe(404);
        expect((await get(replaced.originalUrl)).status).toBe(200);

        const added = replica.addPhotos(2);
        expect(replica.photos().slice(0, 2)).toEqual(added);
        expect(new Set(replica.photos().map((photo) => photo.id)).size).toBe(101);
        await expect(replica.originalBytes('unknown')).rejects.toThrow(RangeError);
      }));
  });
});

describe('the sign-in', () => {
  const small = { photos: 3, photoBytes: 4_096 };

  describe('signing in', () => {
    test('the first page holds the form', () =>
      withReplica(small, async (replica) => {
        const $ = load(await (await get(replica.url)).text());
        const form = $('form[method="post"][action="/"]');
        expect(form.find('input[name="username"], input[name="password"]')).toHaveLength(2);
        expect(form.find('input[name="__VIEWSTATE"]').attr('value')).toBeTruthy();
        expect($('.validation-summary-errors')).toHaveLength(0);
      }));

    test('good fields open a session and lead to the album', () =>
      withReplica(small, async (replica) => {
        const answer = await postSignIn(replica, replica.username, replica.password);
        expect(answer.status).toBe(302);
        expect(answer.headers.get('location')).toBe('/Frame/AllPictures');
        expect(answer.headers.get('set-cookie')).toMatch(/^\.ASPXAUTH=\w+; path=\/; HttpOnly$/);
      }));

    test.each([
      ['a wrong password', 'family@example.com', 'wrong'],
      ['another user', 'someone@example.com', 'pulse-frame-2010'],
      ['empty fields', '', ''],
    ])('%s is refused with the form and a reason', (_, username, password) =>
      withReplica(small, async (replica) => {
        const answer = await postSignIn(replica, username, password);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('set-cookie')).toBeNull();
        const $ = load(await answer.text());
        expect($('div.validation-summary-errors').text()).toContain('incorrect');
        expect($('input[name="password"]')).toHaveLength(1);
      }),
    );

    test('hidden fields may come along', () =>
      withReplica({ ...small, username: 'ann', password: 'a&b=ü ' }, async (replica) => {
        expect((await postSignIn(replica, 'ann', 'a&b=ü ', { __VIEWSTATE: 'x' })).status).toBe(302);
      }));

    test('who is not signed in is sent to the form, from any page', () =>
      withReplica(small, async (replica) => {
        for (const path of ['Frame/AllPictures?p=2', 'Frame/Settings', 'Account/Profile']) {
          const answer = await get(replica.url + path, { cookie: '.ASPXAUTH=invented' });
          expect(answer.status).toBe(302);
          expect(answer.headers.get('location')).toBe(
            `/?ReturnUrl=${encodeURIComponent(`/${path}`)}`,
          );
        }
      }));

    test('the sign-out link ends the session', () =>
      withReplica(small, async (replica) => {
        const cookie = await signIn(replica);
        const other = await signIn(replica);
        expect((await get(`${replica.url}Frame/AllPictures`, { cookie })).status).toBe(200);
        const answer = await get(`${replica.url}Account/LogOff`, { cookie });
        expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
        expect((await get(`${replica.url}Frame/AllPictures`, { cookie })).status).toBe(302);
        expect((await get(`${replica.url}Frame/AllPictures`, { cookie: other })).status).toBe(200);
      }));

    test('all sessions can be ended', () =>
      withReplica(small, async (replica) => {
        const cookie = await signIn(replica);
        replica.expireSessions();
        expect((await get(`${replica.url}Frame/AllPictures`, { cookie })).status).toBe(302);
      }));

    test('the lines of a .env file tell how to come in', () =>
      withReplica(small, async (replica) => {
        expect(replica.envLines).toBe(
          `ALBUM_URL=${replica.url}\nALBUM_USERNAME=family@example.com\nALBUM_PASSWORD=pulse-frame-2010\nALBUM_PROFILE=kodak-pulse\n`,
        );
      }));
  });
});
