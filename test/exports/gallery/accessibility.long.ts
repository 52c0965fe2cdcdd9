import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeScript, browserTest } from './browser.js';
import { browserGallery, untilOpen } from './browser-gallery.js';

const { out, index, year, open } = browserGallery(12);

describe('axe finds no violation', () => {
  /** The violations that axe finds in a page. */
  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ path: axeScript });
    return page.evaluate(
      "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
    );
  }

  const albumPage = () =>
    readdirSync(join(out, 'pages')).find((name) => name.startsWith('album-')) ?? '';

  browserTest.each([
    ['the index', () => index],
    ['a year', () => year(2010)],
    ['plain tiles', () => year(2004)],
    ['an album', () => join(out, 'pages', albumPage())],
  ])('in %s, light and dark', async (_where, path) => {
    const { page } = await open(path(), { bypassCSP: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
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
