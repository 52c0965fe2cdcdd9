import { pathToFileURL } from 'node:url';
import { describe, expect } from '@jest/globals';
import { browserTest } from './browser.js';
import {
  browserGallery,
  captionOf,
  hostile,
  until,
  untilOpen,
  viewerOf,
} from './browser-gallery.js';

const { out, index, year, open } = browserGallery(12);

describe('a gallery opened as a file', () => {
  browserTest(
    'asks for nothing beyond its folder, and the browser has nothing to say',
    async () => {
      const asked = [];
      for (const path of [index, year(2010), year(2004)]) {
        const { page, problems, requests } = await open(path);
        await page.locator('.photo a').first().scrollIntoViewIfNeeded();
        await until(page, '[...document.images].some((image) => image.naturalWidth > 0)');
        expect(problems).toEqual([]);
        asked.push(...requests);
      }
      const home = pathToFileURL(out).href;
      expect(asked.filter((address) => !address.startsWith(`${home}/`))).toEqual([]);
      expect(asked.filter((address) => address.endsWith('/assets/photoswipe.js'))).toHaveLength(3);
    },
  );

  browserTest('leads from the index to a year, to a month, to an original', async () => {
    const { page, problems } = await open(index);
    await page
      .getByRole('navigation', { name: 'Years' })
      .getByRole('link', { name: '2010' })
      .click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('2010');
    await page
      .getByRole('navigation', { name: 'Months of 2010' })
      .getByRole('link', { name: /^June/ })
      .click();
    expect(new URL(page.url()).hash).toBe('#2010-06');
    expect(await page.getByRole('region', { name: /^June/ }).count()).toBe(1);
    expect(problems).toEqual([]);
  });

  browserTest('without scripts a photo is a link to its original', async () => {
    const { page, problems } = await open(year(2010), { javaScriptEnabled: false });
    const link = page.locator('.photo a').first();
    expect(await link.getAttribute('href')).toMatch(/^\.\.\/originals\/p\d+\.jpg$/);
    expect(await page.locator('.facts').first().isVisible()).toBe(true);
    await link.click();
    expect(page.url()).toMatch(/\/originals\/p\d+\.jpg$/);
    expect(problems).toEqual([]);
  });
});

describe('text from the site', () => {
  browserTest('is shown as it is written, and does nothing', async () => {
    const { page, problems } = await open(year(2004));
    const title = await page.title();
    expect(await page.locator('.title').first().textContent()).toBe(hostile);
    await page.locator('.photo a').first().click();
    await untilOpen(page);
    expect(await captionOf(page).textContent()).toContain(hostile);
    expect(await captionOf(page).locator('img, script').count()).toBe(0);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe(title);
    expect(problems).toEqual([]);
  });
});

describe('the viewer', () => {
  browserTest('opens, leafs and closes by the keyboard, and gives the focus back', async () => {
    const { page, problems } = await open(year(2010));
    const ids = await page.locator('li.photo').evaluateAll((items) => items.map(({ id }) => id));
    await page.locator('.photo a').nth(1).focus();
    await page.keyboard.press('Enter');
    await untilOpen(page);
    expect(new URL(page.url()).hash).toBe(`#${ids[1]}`);
    expect(
      await page.evaluate("document.querySelector('.pswp').contains(document.activeElement)"),
    ).toBe(true);
    expect(await captionOf(page).textContent()).toContain('2010, 12:34');

    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`**#${ids[3]}`);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(`**#${ids[2]}`);

    await page.keyboard.press('Escape');
    await viewerOf(page).waitFor({ state: 'detached' });
    expect(await page.evaluate("document.activeElement.closest('li')?.id")).toBe(ids[2]);
    await page.waitForURL((address) => address.hash === '');
    expect(problems).toEqual([]);
  });

  browserTest.each([
    ['the index', () => index],
    ['another year', () => year(2008)],
  ])('finds the photo from %s too', async (_where, path) => {
    const { page, problems } = await open(path(), { fragment: '#photo=p5' });
    await page.waitForURL('**/pages/2010.html#photo=p5');
    await untilOpen(page);
    expect(problems).toEqual([]);
  });
});
