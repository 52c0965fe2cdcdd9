import { describe, expect, test } from '@jest/globals';
import { htmlRows } from '../../src/learn/html-rows.js';
import { Page } from '../../src/page/page.js';
import { surveyPage } from '../../src/survey/survey-page.js';
import { albumPages, otherPages } from './software-pages.js';

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

  test.each(otherPages.map((page) => [page.name, page] as const))('%s has none', (_name, page) => {
    expect(rowsOf(page)).toEqual([]);
  });
});
