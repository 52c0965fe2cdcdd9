import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserTest } from './browser.js';
import { browserGallery, captionOf, until, untilOpen, viewerOf } from './browser-gallery.js';

const { year, open } = browserGallery(24);

/** Id of the photo whose link has the focus. */
const focused = (page: Page) => page.evaluate("document.activeElement.closest('li')?.id");
const hasFocus = (page: Page) =>
  page.evaluate("document.querySelector('.pswp').contains(document.activeElement)");
const fragmentOf = (page: Page) => new URL(page.url()).hash;

async function untilClosed(page: Page): Promise<void> {
  await viewerOf(page).waitFor({ state: 'detached' });
}

describe('the viewer', () => {
  browserTest('leaves the page where the photo seen last is', async () => {
    const { page } = await open(year(2010), { viewport: { width: 500, height: 300 } });
    await page.locator('.photo a').first().click();
    await untilOpen(page);
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    const last = fragmentOf(page).slice(1);
    await page.keyboard.press('Escape');
    await untilClosed(page);
    await page.waitForURL((address) => address.hash === '');
    const { top, bottom } = (await page.evaluate(
      `document.getElementById(${JSON.stringify(last)}).querySelector('a').getBoundingClientRect().toJSON()`,
    )) as { top: number; bottom: number };
    const middle = (top + bottom) / 2;
    expect(middle).toBeGreaterThan(0);
    expect(middle).toBeLessThan(300);
    expect(await focused(page)).toBe(last);
  });

  browserTest('opens by a click, and the way back closes it', async () => {
    const { page } = await open(year(2010));
    await page.locator('.photo a').nth(4).click();
    await untilOpen(page);
    await page.goBack();
    await untilClosed(page);
    expect(new URL(page.url()).pathname).toMatch(/\/pages\/2010\.html$/);
  });

  browserTest.each([
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
    ['the way back', (page: Page) => page.goBack()],
  ])('closes by %s also while it is still opening', async (_how, close) => {
    const { page } = await open(year(2010));
    await page.locator('.photo a').nth(4).click();
    expect(await hasFocus(page)).toBe(true);
    await close(page);
    await untilClosed(page);
    await page.waitForURL((address) => address.hash === '');
  });

  browserTest('opens at the photo that the address names', async () => {
    const { page, problems } = await open(year(2010), { fragment: '#photo=p5' });
    await untilOpen(page);
    expect(await captionOf(page).textContent()).toContain('2010');
    const original = viewerOf(page).getByRole('link', { name: 'Open the original' });
    expect(await original.getAttribute('href')).toBe('../originals/p5.jpg');
    await page.keyboard.press('Escape');
    await untilClosed(page);
    expect(fragmentOf(page)).toBe('');
    expect(await focused(page)).toBe('photo=p5');
    expect(problems).toEqual([]);
  });

  browserTest('an address that names no photo opens nothing', async () => {
    const { page, problems, requests } = await open(year(2010), { fragment: '#photo=nobody' });
    await until(page, 'window.galleryPlaces !== undefined');
    expect(await viewerOf(page).count()).toBe(0);
    expect(requests.filter((address) => address.endsWith('places.js'))).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  browserTest('shows a film with its controls, and says of what it cannot show', async () => {
    const { page } = await open(year(2004), { fragment: '#photo=camera-file' });
    await untilOpen(page);
    const file = viewerOf(page).locator('.pswp__file');
    expect(await file.textContent()).toContain('IMG_0001.HEIC');
    expect(await file.textContent()).toContain('Open the original with another program');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**#photo=broken-film');
    await viewerOf(page).getByText('This browser cannot play this film').waitFor();
  });

  browserTest('plays a film, and stops it where it is left', async () => {
    const { page, problems } = await open(year(2004), { fragment: '#photo=film' });
    await untilOpen(page);
    const video = viewerOf(page).locator('video').first();
    await page.evaluate("document.querySelector('.pswp video').loop = true");
    await page.evaluate("document.querySelector('.pswp video').play()");
    await until(page, "document.querySelector('.pswp video').currentTime > 0");
    expect(await video.getAttribute('src')).toBe('../originals/film.webm');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**#photo=hostile');
    await until(page, "document.querySelector('.pswp video').paused");
    expect(problems).toEqual([]);
  });

  browserTest('shows a drawing, and leads to its file nowhere: it may hold scripts', async () => {
    const { page, problems } = await open(year(2004), { fragment: '#photo=drawing' });
    await untilOpen(page);
    await until(page, 'document.querySelector(\'img[src$=".svg"]\')?.complete');
    const original = viewerOf(page).getByText('Original', { exact: true });
    expect(await original.isVisible()).toBe(false);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**#photo=camera-file');
    expect(await original.isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  browserTest('swipes by touch', async () => {
    const { page } = await open(year(2010), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.locator('.photo a').first().tap();
    await untilOpen(page);
    const before = fragmentOf(page);
    const touch = await page.context().newCDPSession(page);
    const at = (x: number) => ({ touchPoints: [{ x, y: 400 }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(340) });
    for (const x of [300, 240, 180, 120, 60]) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(x) });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForURL((address) => address.hash !== before && address.hash !== '');
  });
});
