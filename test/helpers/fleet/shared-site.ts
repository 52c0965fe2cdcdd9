import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Replica } from '../../../src/replica/replica.js';
import { startReplica } from '../../../src/replica/server.js';

/** A request of which the site knows whose album it is for: a sign-in, a page, an original. */
interface Visit {
  /** Which account's album, from 0. */
  account: number;
  /** The session; undefined for a sign-in, and for an original, which needs none. */
  session: string | undefined;
  /** When it came, in milliseconds of `performance.now()`. */
  at: number;
}

/** What happens to a request before it is answered; `undefined` lets it pass. */
type Hook = (account: number | undefined, isSignIn: boolean) => number | undefined;

/** A site with many accounts, one album each, on one host: a replica behind one door for each. */
export interface SharedSite {
  url: string;
  replicas: readonly Replica[];
  /** Requests so far, but for the sign-in form and sign-ins of unknown accounts. */
  visits(): Visit[];
  /** Every sign-in that succeeded. */
  signIns: readonly { account: number; session: string; at: number }[];
  /** Set it to answer requests with a status of one's own. */
  hook: Hook;
  close(): Promise<void>;
}

const cookieName = '.ASPXAUTH';

/**
 * Starts a site.
 *
 * @param accounts how many; the passwords are `word-0` and so on
 * @param latency milliseconds before every answer
 */
export async function startSharedSite(
  accounts: number,
  { photos, latency }: { photos: number; latency: number },
): Promise<SharedSite> {
  const replicas: Replica[] = [];
  const startedAt: number[] = [];
  for (let account = 0; account < accounts; account++) {
    startedAt.push(performance.now());
    const mine = {
      seed: `album-${account}`,
      username: `me-${account}`,
      password: `word-${account}`,
    };
    replicas.push(await startReplica({ ...mine, photos, latency, photoBytes: 6000 }));
  }
  const pages: Visit[] = [];
  const signIns: { account: number; session: string; at: number }[] = [];
  const site: Omit<SharedSite, 'url' | 'close'> = {
    ...{ replicas, signIns },
    hook: () => undefined,
    visits: () => [...pages, ...replicas.flatMap(originalsOf)],
  };
  const originalsOf = ({ requests }: Replica, account: number): Visit[] =>
    requests
      .filter(({ kind }) => kind === 'original')
      .map(({ at }) => ({ account, session: undefined, at: at + (startedAt[account] ?? 0) }));

  const answer = async (question: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(question);
    const session = sessionOf(question.headers.cookie);
    const isSignIn = question.method === 'POST';
    const account = isSignIn
      ? replicas.findIndex(({ username }) => usernameIn(body) === username)
      : session?.account;
    const status = site.hook(account, isSignIn);
    if (status !== undefined) return void response.writeHead(status).end();
    if (account !== undefined && account >= 0) {
      pages.push({ account, session: session?.session, at: performance.now() });
    }
    const { answered, token } = await pass(
      question,
      body,
      replicas[Math.max(account ?? 0, 0)],
      session,
    );
    const headers = { ...answered.headers };
    if (token !== undefined && account !== undefined) {
      signIns.push({ account, session: token, at: performance.now() });
      headers['set-cookie'] = [`${cookieName}=${account}-${token}; path=/; HttpOnly`];
    }
    response.writeHead(answered.statusCode ?? 500, headers);
    answered.pipe(response);
  };
  const server = createServer((question, response) => {
    answer(question, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(site, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      for (const replica of replicas) await replica.close();
    },
  });
}

function usernameIn(form: Buffer): string | null {
  return new URLSearchParams(form.toString('utf8')).get('username');
}

/** The account of a session stands before it in the cookie. */
function sessionOf(cookie: string | undefined): { account: number; session: string } | undefined {
  const [, account, session] = /\.ASPXAUTH=(\d+)-(\w+)/.exec(cookie ?? '') ?? [];
  return session === undefined ? undefined : { account: Number(account), session };
}

/** Puts a request to the replica of its account. */
function pass(
  question: IncomingMessage,
  body: Buffer,
  replica: Replica | undefined,
  session: { session: string } | undefined,
): Promise<{ answered: IncomingMessage; token: string | undefined }> {
  const { hostname, port } = new URL(replica?.url ?? '');
  const headers = { ...question.headers, host: `${hostname}:${port}` };
  if (session !== undefined) headers.cookie = `${cookieName}=${session.session}`;
  const { method = 'GET', url = '/' } = question;
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path: url, headers }, (answered) => {
      const [, token] = /ASPXAUTH=(\w+)/.exec(String(answered.headers['set-cookie'])) ?? [];
      resolve({ answered, token });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
