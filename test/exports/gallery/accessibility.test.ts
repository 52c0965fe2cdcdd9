import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeScript, browserTest } from './browser.js';
import { browserGallery, untilOpen } from './browser-gallery.js';

const { out, index, year, open } = browserGallery(300);

describe('axe finds no violation', () => {
  /** What axe has against a page as it stands. */
  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ path: axeScript });
    return page.evaluate(
      "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
    );
  }

  const albumPage = () =>
    readdirSync(join(out, 'pages')).find((name) => name.startsWith('album-')) ?? '';

  browserTest.each([
    ['the index', 'light', () => index],
    ['the index', 'dark', () => index],
    ['a year', 'light', () => year(2010)],
    ['a year', 'dark', () => year(2010)],
    ['plain tiles', 'light', () => year(2004)],
    ['plain tiles', 'dark', () => year(2004)],
    ['an album', 'light', () => join(out, 'pages', albumPage())],
  ] as const)('in %s, %s', async (_where, colorScheme, path) => {
    const { page } = await open(path(), { colorScheme, bypassCSP: true });
    expect(await violations(page)).toEqual([]);
  });

  browserTest('in the viewer', async () => {
    const { page } = await open(year(2010), {
      fragment: '#photo=p5',
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    await untilOpen(page);
    expect(await violations(page)).toEqual([]);
  });
});
