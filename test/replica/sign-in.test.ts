import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { get, postSignIn, signIn, withReplica } from './visit.js';

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
