import { describe, expect, test } from '@jest/globals';
import { htmlRows } from '../../src/learn/html-rows.js';
import { jsonRows } from '../../src/learn/json-rows.js';
import type { Look } from '../../src/learn/look.js';
import { Page } from '../../src/page/page.js';
import { OpenPage } from '../../src/profile/open-page.js';
import { surveyPage } from '../../src/survey/survey-page.js';
import { albumPages, otherPages } from './software-pages.js';

describe('rows in HTML', () => {
  function rowsOf({ url, html }: { url: string; html: string }) {
    const page = new Page({ url, text: html });
    return htmlRows(page, surveyPage(page));
  }

  describe('rows of photos', () => {
    test.each(albumPages.map((page) => [page.name, page] as const))('%s', (_name, page) => {
      const [kind] = rowsOf(page);
      const numbers = kind?.photos.map(({ thumbnails }) =>
        Number(/photo-(\d+)/.exec(thumbnails[0])?.[1]),
      );
      expect(numbers).toEqual(Array.from({ length: page.photos }, (_, index) => index + 1));
      expect(kind?.row).toBe(page.row);
    });

    test.each(otherPages.map((page) => [page.name, page] as const))(
      '%s has none',
      (_name, page) => {
        expect(rowsOf(page)).toEqual([]);
      },
    );
  });
});

describe('rows in JSON', () => {
  const url = 'https://album.example/2016/';
  const photos = [1, 2, 3].map((id) => ({
    id,
    file: `IMG_${id}.jpg`,
    width: 4000,
    height: 3000,
    taken: '2016-07-03T14:05:00Z',
  }));
  const menu = [
    { title: 'Home', href: '/', icon: '/icons/home.png' },
    { title: 'About', href: '/about', icon: '/icons/about.png' },
  ];
  const users = [
    { id: 1, email: 'anna@album.example', avatar: '/avatars/1.jpg' },
    { id: 2, email: 'ben@album.example', avatar: '/avatars/2.jpg' },
  ];

  const html = (text: string) => new Page({ url, text: `<!doctype html><body>${text}` });
  const json = (value: unknown, address = url) =>
    new Page({
      url: address,
      text: JSON.stringify(value),
      type: 'application/json',
      isHtml: false,
    });

  /** A look at a site that has these pages. */
  function lookAt(pages: readonly Page[] = []): Look & { asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      left: 60,
      picture: async () => undefined,
      page: async (request) => {
        asked.push(String(request));
        return pages.find((page) => page.url === request);
      },
    };
  }

  /** What is found first, and whether a profile with it finds as many rows. */
  async function firstOn(page: Page, look: Look = lookAt()) {
    const [first] = await jsonRows(page, look);
    if (first === undefined) return undefined;
    const read = new OpenPage(first.page, first.json).parts(first.row);
    expect(read.map((part) => part.source())).toEqual(first.parts.map((part) => part.source()));
    return { row: first.row, json: first.json, count: read.length };
  }

  test.each<[string, unknown, string | undefined]>([
    ['photos beside a menu and users', { menu, users, result: { photos } }, '$.result.photos[*]'],
    ['a list alone', photos, '$[*]'],
    [
      'nodes of GraphQL',
      { data: { album: { edges: photos.map((node) => ({ node })) } } },
      '$.data.album.edges[*]',
    ],
    [
      'attachments of posts',
      { posts: [1, 2].map((id) => ({ id, text: 'Hi', author: users[0], files: photos })) },
      '$.posts[*].files[*]',
    ],
    [
      'photos in several sizes',
      {
        photos: photos.map(({ id }) => ({
          id,
          sizes: ['small', 'large'].map((label) => ({ label, url: `/p/${id}/${label}.jpg` })),
        })),
      },
      '$.photos[*]',
    ],
    [
      'photos by their ids',
      { photos: Object.fromEntries(photos.map((photo) => [`p${photo.id}`, photo])) },
      '$.photos.*',
    ],
    ['addresses alone', { files: ['/a/1.jpg', '/a/2.jpg'] }, '$.files[*]'],
    ['names with signs', { 'my photos': photos }, "$['my photos'][*]"],
    [
      'addresses without endings',
      { items: [{ id: 1, url: '/files/1/0', thumbnailUrl: '/t/1' }] },
      '$.items[*]',
    ],
    ['users and menus alone', { menu, users }, undefined],
    [
      'albums by another name',
      { entries: [{ id: 1, title: 'Lake', thumb: '/c/1.jpg', photoCount: 12 }] },
      undefined,
    ],
    [
      'albums with covers',
      { albums: [{ id: 1, title: 'Lake', cover: '/c/1.jpg', photoCount: 12 }] },
      undefined,
    ],
  ])('JSON: %s', async (_name, value, row) => {
    const found = await firstOn(json(value));
    expect(found?.row).toBe(row);
  });

  const list = JSON.stringify(photos);

  test.each<[string, object[], unknown]>([
    [
      'texts',
      [
        { id: 7, text: 'Hello' },
        { id: 8, text: 'Again' },
      ],
      { select: '$.file' },
    ],
    [
      'documents',
      [
        {
          id: 7,
          file: 'menu.pdf',
          width: 4000,
          height: 3000,
          taken: '2016-07-03T14:05:00Z',
          type: 'application/pdf',
        },
      ],
      { select: '$.type', filters: [{ match: '^(image|video)/' }] },
    ],
  ])('photos among %s are told apart', async (_name, others, where) => {
    const typed = photos.map((photo) => ({ ...photo, type: 'image/jpeg' }));
    const page = json({ entries: [...others, ...typed] });
    const [found] = await jsonRows(page, lookAt());
    expect(found).toMatchObject({ row: '$.entries[*]', where });
    expect(found?.parts).toHaveLength(3);
  });

  test.each<[string, string, object | undefined]>([
    [
      'a script of data',
      `<script>var a = 1</script><script type="application/json" id="album">{"photos":${list}}</script>`,
      { script: 'script#album' },
    ],
    [
      'an assignment',
      `<script>var other = [1]; var photos = ${list};\n var z = [2];</script>`,
      { script: 'script:contains("photos")', match: expect.any(String) },
    ],
    [
      'two assignments on one line',
      `<script>x();</script><script>var menu=${JSON.stringify(menu)};var pics=${list};var y=[{"a":"]"}];</script>`,
      { script: 'script:contains("pics")', match: expect.any(String) },
    ],
    [
      'an argument of a call',
      `<script>$(function () { gallery.show(${list}, { speed: 2 }) })</script>`,
      { script: 'script:contains("gallery.show")', match: expect.any(String) },
    ],
    [
      'an attribute',
      `<div data-menu='${JSON.stringify(menu)}'></div><div data-photos='${list}'></div>`,
      { select: '[data-photos]', attribute: 'data-photos' },
    ],
    ['nothing but a menu', `<script>var menu = ${JSON.stringify(menu)};</script>`, undefined],
  ])('on a page: %s', async (_name, text, place) => {
    const found = await firstOn(html(text));
    expect(found?.json).toEqual(place);
    if (place !== undefined) expect(found?.count).toBe(3);
  });

  test('in a file that a script names', async () => {
    const page = html(
      '<script>fetch("/config.json"); fetch("data/photos.json?v=3").then(show)</script>',
    );
    const look = lookAt([json({ photos }, `${url}data/photos.json?v=3`)]);
    expect(await firstOn(page, look)).toEqual({
      row: '$.photos[*]',
      json: { file: 'data/photos.json?v=3' },
      count: 3,
    });
    expect(look.asked).toEqual([`${url}data/photos.json?v=3`]);
  });
});
