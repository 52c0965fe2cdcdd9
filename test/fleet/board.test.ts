import { request } from 'node:http';
import { expect } from '@jest/globals';
import { startBoard } from '../../src/fleet/board.js';
import { redisTest } from '../helpers/redis-test.js';
import { albums, endOf, withFleet } from './test-fleet.js';

const forReading = { port: 0, mayChange: false };

/** The status of a request that another page's script, or another name of this machine, may cause. */
function statusOf(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

redisTest('the board is for this machine alone, and changes nothing unless it may', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a'], 'site.example:8080'));
    await fleet.work(async () => endOf('signIn', { cause: 'Wrong.' }), { untilEmpty: true }).ended;
    const board = await startBoard(fleet.redis, forReading);
    try {
      const queue = `${board.url}api/queues/site.example~8080`;
      const job = `${queue}/album-a`;
      const page = await fetch(board.url);
      const policy = page.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:/);
      expect(await page.text()).not.toMatch(/(?:href|src)="https?:/);
      expect((await fetch(job)).status).toBe(200);
      expect(await statusOf(board.url, { host: 'elsewhere.example' })).toBe(403);
      expect(await statusOf(board.url, { origin: 'https://elsewhere.example' })).toBe(403);
      expect(await statusOf(`${job}/retry`, {}, 'PUT')).toBe(405);
    } finally {
      await board.close();
    }
    const mayChange = await startBoard(fleet.redis, { port: 0, mayChange: true });
    try {
      const retry = `${mayChange.url}api/queues/site.example~8080/album-a/retry`;
      expect(await statusOf(retry, { origin: 'https://elsewhere.example' }, 'PUT')).toBe(403);
      expect(await statusOf(retry, {}, 'PUT')).toBe(204);
      expect(await fleet.states()).toEqual({ a: ['waiting', null] });
    } finally {
      await mayChange.close();
    }
  }),
);
