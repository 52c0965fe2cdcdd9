import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { load } from 'cheerio';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { startReplica } from '../../src/replica/server.js';

/** Starts a replica, hands it to `visit`, and closes it whatever happens. */
export async function withReplica(
  options: ReplicaOptions,
  visit: (replica: Replica) => Promise<void>,
): Promise<void> {
  const replica = await startReplica(options);
  try {
    await visit(replica);
  } finally {
    await replica.close();
  }
}

/** Fetches without following redirects. */
export function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { headers, redirect: 'manual' });
}

/** Posts the sign-in form. */
export function postSignIn(
  { url }: Replica,
  username: string,
  password: string,
  extra: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams({ username, password, ...extra });
  return fetch(url, { method: 'POST', body, redirect: 'manual' });
}

/** Signs in and gives the `Cookie` header of the session. */
export async function signIn(replica: Replica): Promise<string> {
  const response = await postSignIn(replica, replica.username, replica.password);
  await response.arrayBuffer();
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Gives the HTML of a page of the album. */
export async function pageText(replica: Replica, cookie: string, page: number): Promise<string> {
  const response = await get(`${replica.url}Frame/AllPictures?p=${page}`, { cookie });
  return response.text();
}

/** Gives the ids shown on a page of the album, in its order. */
export async function pageIds(replica: Replica, cookie: string, page: number): Promise<string[]> {
  const $ = load(await pageText(replica, cookie, page));
  return $('img[src*="cloudfront"]')
    .toArray()
    .map((image) => image.attribs.id?.replace('picture_', '') ?? '');
}

/** Gives the bytes of an answer. */
export async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

/** An answer as it came off the wire, whole or not. */
export interface RawAnswer {
  /** 0 if none came. */
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether HTTP says that the body is whole. */
  complete: boolean;
  /** Code of the connection's error, if it ended in one. */
  error?: string | undefined;
}

/** Fetches without hiding anything; resolves however the answer ends. */
export function getRaw(
  url: string,
  headers: Record<string, string> = {},
  onData: (answer: RawAnswer, leave: () => void) => void = () => undefined,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const answer: RawAnswer = {
      status: 0,
      headers: {},
      body: Buffer.alloc(0),
      complete: false,
    };
    const fail = (error: NodeJS.ErrnoException) => {
      answer.error = error.code;
      resolve(answer);
    };
    const open = request(url, { headers, agent: false }, (response) => {
      answer.status = response.statusCode ?? 0;
      answer.headers = response.headers;
      response.on('data', (piece: Buffer) => {
        answer.body = Buffer.concat([answer.body, piece]);
        onData(answer, () => open.destroy());
      });
      response.on('error', fail).on('end', () => {
        answer.complete = response.complete;
        resolve(answer);
      });
    });
    open.on('error', fail).end();
  });
}
