import { expect, test } from '@jest/globals';
import { startBoard } from '../../src/fleet/board.js';
import { browserIsWanted, startBrowser } from '../exports/gallery/browser.js';
import { redisTest } from '../helpers/redis-test.js';
import { albums, withFleet } from './test-fleet.js';

const shown = browserIsWanted ? redisTest : test.skip;

shown('a browser shows it, and asks nobody else', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a', 'b']));
    const board = await startBoard(fleet.redis, { port: 0, mayChange: false });
    const browser = await startBrowser();
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      page.on('request', (asked) => hosts.add(new URL(asked.url()).origin));
      await page.goto(board.url);
      await page.getByText('site.example').first().waitFor();

      expect(problems).toEqual([]);
      expect([...hosts]).toEqual([new URL(board.url).origin]);
    } finally {
      await browser.close();
      await board.close();
    }
  }),
);
