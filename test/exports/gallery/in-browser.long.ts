import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from '@jest/globals';
import { browserTest } from './browser.js';
import { browserGallery, hostile, until } from './browser-gallery.js';

const { count, index, year, open } = browserGallery(36);

describe('a gallery opened as a file', () => {
  browserTest('shows every photo once in the years', async () => {
    const { page } = await open(index);
    const pages = await page.locator('.top nav a').evaluateAll((links) => links.map(String));
    let shown = 0;
    for (const address of pages) {
      await page.goto(address);
      shown += await page.locator('li.photo').count();
    }
    expect(shown).toBe(count);
  });

  browserTest('loads thumbnails as they are needed', async () => {
    const { page, requests } = await open(year(2010), { viewport: { width: 700, height: 400 } });
    const asked = () => new Set(requests.filter((one) => one.includes('/thumbnails/'))).size;
    const all = await page.locator('.photo img').count();
    expect(asked()).toBeLessThan(all);
    await page.locator('.photo').last().scrollIntoViewIfNeeded();
    await until(page, '[...document.images].at(-1).naturalWidth > 0');
  });
});

describe('text from the site', () => {
  browserTest('even as markup could run nothing and ask for nothing elsewhere', async () => {
    let reached = 0;
    const elsewhere = createServer((_request, answer) => {
      reached += 1;
      answer.end();
    }).listen(0, '127.0.0.1');
    try {
      await once(elsewhere, 'listening');
      const { port } = elsewhere.address() as AddressInfo;
      const { page, problems } = await open(year(2010));
      const title = await page.title();
      const markup = `${hostile}<img id="away" src="http://127.0.0.1:${port}/seen.png">`;
      await page.evaluate(`document.querySelector('h1').innerHTML = ${JSON.stringify(markup)}`);
      await until(page, 'document.querySelector("#away")?.complete');
      await page.evaluate(`fetch('http://127.0.0.1:${port}/').catch(() => undefined)`);
      expect(await page.title()).toBe(title);
      const forbidden = problems.join('\n');
      expect(forbidden).toContain('Executing inline event handler violates');
      expect(forbidden).toContain('Loading the image');
      expect(forbidden).toContain('Connecting to');
      expect(reached).toBe(0);
    } finally {
      elsewhere.close();
    }
  });
});

describe('on any screen', () => {
  browserTest('dark where the system is', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open(index, { colorScheme });
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('light')).toBe('rgb(250, 248, 244)');
    expect(await background('dark')).toBe('rgb(25, 23, 21)');
  });

  browserTest('no scrolling to the side at any width', async () => {
    for (const path of [index, year(2004), year(2010)]) {
      const { page } = await open(path);
      for (const width of [320, 390, 800, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    }
  });

  browserTest('on paper there are photos and dates, and no navigation', async () => {
    const { page } = await open(year(2010));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.top').isVisible()).toBe(false);
    expect(await page.locator('.facts time').first().isVisible()).toBe(true);
  });
});
