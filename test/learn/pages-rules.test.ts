import { describe, expect, test } from '@jest/globals';
import { albumRules } from '../../src/learn/albums-rule.js';
import { htmlRows } from '../../src/learn/html-rows.js';
import { markRules } from '../../src/learn/mark-rule.js';
import { totalRules } from '../../src/learn/total-rule.js';
import { Page } from '../../src/page/page.js';
import { surveyPage } from '../../src/survey/survey-page.js';
import { galleryPage } from '../profile/gallery-page.js';
import { learnItem } from './learn-item.js';
import { albumPages } from './software-pages.js';

describe('rules for pages of their own', () => {
  const names = Array.from({ length: 12 }, (_, index) => `Holiday trip ${index * 13 + 100}`);
  const nameAt = (path: string) => decodeURIComponent(path.split('/').at(-1) ?? '').split('.')[0];
  const indexOf = (path: string) => names.indexOf(nameAt(path)?.replace(/_\w+$/, '') ?? '');

  function row(name: string): string {
    const at = encodeURIComponent(name);
    return `<div class="tile"><a href="${at}.html"><img src="${at}_thumb.jpg"></a></div>`;
  }

  const list = (from: number, to: number) =>
    `<html lang="en"><body><div id="tiles">${names.slice(from, to).map(row).join('')}</div></body></html>`;

  /** Learns from photos whose original stands on their own pages alone. */
  function learnOwn(say: (index: number, file: string) => string) {
    return learnItem({
      path: '/album/index.html',
      text: list(0, 8),
      row: 'div.tile',
      again: [{ path: '/album/index_2.html', text: list(8, 12) }],
      files: (path) => {
        const index = indexOf(path);
        const name = names[index];
        if (name === undefined) return undefined;
        // Neither the thumbnail nor its page tells the original's address.
        const original = `/originals/${index * 7919}/${encodeURIComponent(name)}.jpg`;
        if (path.endsWith('.html')) {
          return `<html lang="en"><body>${say(index, `${name}.jpg`)}<p class="original"><a href="${original}">Original picture</a></p></body></html>`;
        }
        return { width: path.startsWith('/originals/') ? 1200 : 150, name: `${index}` };
      },
    });
  }

  test('a date that few photos have is found on the pages of later ones', async () => {
    const { rules, uncertain } = await learnOwn((index) =>
      index < 8 ? '' : `<div class="image_date">Taken on ${index + 10}/01/2009 at 12:10</div>`,
    );
    expect(rules).toMatchObject({
      date: {
        on: 'detail',
        select: '.image_date',
        filters: [{ match: expect.anything() }, { date: { format: "d/M/yyyy 'at' H:mm" } }],
      },
    });
    expect(uncertain).toEqual([]);
  });

  test('a date that is the same on all pages is the site’s', async () => {
    const { rules } = await learnOwn(() => '<div class="made_date">Made on 21/01/2009</div>');
    expect(rules).not.toHaveProperty('date');
  });

  test('what is said of the file is no caption; what is said of the photo is', async () => {
    const technical = (file: string) => `<div class="caption_tech">${file}: Exposure None</div>`;
    const without = await learnOwn((_, file) => technical(file));
    expect(without.rules).not.toHaveProperty('caption');
    const both = await learnOwn(
      (index, file) =>
        `${technical(file)}<div class="image_comment">Lunch with ${'a'.repeat(index)}nna</div>`,
    );
    expect(both.rules.caption).toEqual({ on: 'detail', select: '.image_comment' });
  });

  test.each([
    ['a heading that differs', (index: number) => `Lunch ${'o'.repeat(index)}n`, true],
    ['a heading that some pages lack', (index: number) => (index % 2 ? 'Lunch' : ''), false],
    ['the album’s name', () => 'Holiday', false],
    ['a count', (index: number) => `Photo ${index + 1} of 12`, false],
    ['the file’s name', (index: number) => `${names[index]}`, false],
  ])('title: %s', async (_name, title, isTitle) => {
    const { rules } = await learnOwn((index) => {
      const text = title(index);
      return text === '' ? '' : `<h1>${text}</h1>`;
    });
    if (isTitle) expect(rules.title).toEqual({ on: 'detail', select: 'h1' });
    else expect(rules).not.toHaveProperty('title');
  });
});

describe('rules for pages', () => {
  const album = 'https://photos.test/album/';

  function albumsOf(page: Page) {
    const survey = surveyPage(page);
    return albumRules(page, survey, htmlRows(page, survey)[0]);
  }

  function software(name: string): Page {
    const found = albumPages.find((page) => page.name === name);
    return new Page({ url: found?.url ?? album, text: found?.html ?? '' });
  }

  describe('albums that a page links to', () => {
    test.each([
      ['thumbsup-album.html', '#galleries > li', 'Holiday-album-Day-trips-and-walks.html'],
      ['lazygal-album.html', 'div.subgal_link', 'Day%20trips%20%26%20walks/index.html'],
      ['igal2-album.html', 'ol a', 'Day%20trips%20%26%20walks'],
      ['nginx-listing.html', undefined, 'Day%20trips%20%26%20walks/'],
      ['apache-listing.html', undefined, 'Day%20trips%20&%20walks/'],
      ['apache-listing-table.html', undefined, 'Day%20trips%20&%20walks/'],
    ])('of %s', (name, row, address) => {
      const { rules, addresses } = albumsOf(galleryPage(name, album));
      expect(addresses).toEqual([`${album}${address}`]);
      if (row !== undefined) expect(rules[0]?.rule).toMatchObject({ row });
    });

    test.each(['nginx-listing.html', 'apache-listing-table.html'])(
      'of %s: by their addresses alone, which hold in every form of a list of files',
      (name) => {
        expect(albumsOf(galleryPage(name, album)).rules[0]?.rule).toEqual({
          row: 'a[href$="/"]:not([href^="/"], [href^="."], [href*="://"])',
          link: { attribute: 'href' },
          title: { attribute: 'href', filters: ['decode', { match: '^(.+)/$' }] },
        });
      },
    );

    test('a row is no larger than what holds one album', () => {
      const page = galleryPage('apache-gallery-folder.html', 'https://photos.test/');
      expect(albumsOf(page)).toMatchObject({
        rules: [{ place: 'listing.albums', rule: { row: '#folder' } }],
        addresses: ['https://photos.test/Day%20trips%20%26%20walks/'],
      });
    });

    test('albums and photos of one list are told apart', () => {
      expect(albumsOf(software('Gallery 3'))).toMatchObject({
        rules: [{ rule: { row: 'li.g-album', title: { select: 'h2' } } }],
        addresses: [1, 2].map((day) => `https://photos.test/index.php/Holiday/Day-${day}`),
      });
    });

    test.each(['jigl-album.html', 'thumbsup-last-page.html'])('%s has none', (name) => {
      expect(albumsOf(galleryPage(name, album)).addresses).toEqual([]);
    });

    test('a link to sign in is none, whatever stands around it', () => {
      const text =
        '<div class="albums"><a href="/album/index.php?title=Login&amp;returnto=Album">Log in</a></div>';
      expect(albumsOf(new Page({ url: album, text })).candidates).toEqual([]);
    });
  });

  describe('the site’s own count', () => {
    test('among other numbers', () => {
      const page = galleryPage('mediawiki-category.html', 'https://wiki.test/Category:Album');
      expect(totalRules(page, 36)[0]?.rule).toEqual({
        select: '#mw-category-media > p',
        filters: [{ match: 'of (\\d[\\d.,]*)' }],
      });
    });

    test('in JSON, beside the list', () => {
      const text = JSON.stringify({ meta: { total: 130 }, photos: [{ id: 'a' }, { id: 'b' }] });
      const page = new Page({ url: album, text, type: 'application/json', isHtml: false });
      expect(totalRules(page, 2)[0]?.rule).toEqual({ select: '$.meta.total' });
    });

    test('fewer than the page shows is no count of them', () => {
      const page = new Page({ url: album, text: '<h1>Holiday</h1><p>3 photos</p>' });
      expect(totalRules(page, 3)).toHaveLength(1);
      expect(totalRules(page, 4)).toEqual([]);
    });
  });

  describe('what marks a listing page', () => {
    test.each([
      ['thumbsup-album.html', '#media'],
      ['lazygal-album.html', '#medias'],
      ['mediawiki-category.html', '#mw-category-media'],
      ['igal2-album.html', 'meta[name="generator" i][content^="igal2" i]'],
      ['nginx-listing.html', 'h1:contains("Index of /")'],
    ])('%s', (name, mark) => {
      expect(markRules([galleryPage(name, album)])[0]?.rule).toBe(mark);
    });

    test('it stands on all pages seen', () => {
      const pages = [
        '<div id="intro"></div><div id="list"></div>',
        '<div id="other"></div><div id="list"></div>',
      ];
      const found = markRules(pages.map((text) => new Page({ url: album, text })));
      expect(found.map(({ rule }) => rule)).toEqual(['#list']);
    });
  });
});
