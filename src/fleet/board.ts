import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import type { Redis } from 'ioredis';
import { FleetQueues, hostOf } from './fleet-queues.js';

/** Milliseconds between two looks for new queues. */
const refreshInterval = 2000;

/**
 * Nothing is asked of another host: bull-board's page would load fonts from one. Its styles and its
 * loading sign stand in the page itself.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page's link to fonts of another host; the policy forbids it, and the browser would complain. */
const foreignLink = /<link\b[^>]*href="https?:[^>]*>/g;

/** A board that is being served. */
export interface Board {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves bull-board for all queues of a fleet on 127.0.0.1.
 *
 * @param port 0 takes a free one
 * @param mayChange whether the page may retry, remove and pause
 * @throws the system's error where the port is taken
 */
export async function startBoard(
  redis: Redis,
  { port, mayChange }: { port: number; mayChange: boolean },
): Promise<Board> {
  const queues = new FleetQueues(redis);
  const serverAdapter = new HonoAdapter(serveStatic);
  const { setQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'photo-escape' } },
  });
  const refresh = async () => {
    const all = await queues.all();
    const board = (queue: Queue) =>
      new BullMQAdapter(queue, { readOnlyMode: !mayChange, displayName: hostOf(queue.name) });
    setQueues(all.map(board));
  };
  await refresh();
  const app = guarded(mayChange);
  app.route('/', serverAdapter.registerPlugin());
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // A refresh that fails is followed by another.
  const timer = setInterval(() => refresh().catch(() => undefined), refreshInterval);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      clearInterval(timer);
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
      await queues.close();
    },
  };
}

/** What every request passes: from this machine's own address only, and to no other host. */
function guarded(mayChange: boolean): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const { hostname, origin } = new URL(context.req.url);
    // Another site's page could point a name of its own at 127.0.0.1 (DNS rebinding), or send a form.
    const from = context.req.header('origin');
    const isOwn = ['127.0.0.1', 'localhost'].includes(hostname);
    if (!isOwn || (from !== undefined && from !== origin)) return context.text('Forbidden', 403);
    const isReading = ['GET', 'HEAD'].includes(context.req.method);
    if (!isReading && !mayChange) return context.text('This board is for reading only', 405);
    await next();
    context.header('Content-Security-Policy', contentSecurityPolicy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    if (context.res.headers.get('content-type')?.startsWith('text/html')) {
      const page = await context.res.text();
      context.res = new Response(page.replace(foreignLink, ''), context.res);
    }
    return undefined;
  });
  return app;
}
