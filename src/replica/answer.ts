import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { lengthOf, type Picture, sliceOf } from './jpeg.js';

/** The site's answer to a request, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  /** The body in pieces; sent one after the other. */
  readonly body: readonly Buffer[];
}

/** What the headers `ETag` and `Last-Modified` say of a picture. */
export interface Validators {
  /** Quoted, as it stands in the header. */
  readonly etag: string;
  /** ms since 1970 UTC. */
  readonly lastModified: number;
}

/** An HTML page that no cache keeps, as ASP.NET sends it. */
export function htmlAnswer(status: number, html: string, headers?: OutgoingHttpHeaders): Answer {
  const body = Buffer.from(html);
  return {
    status,
    headers: {
      'Cache-Control': 'private',
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': body.length,
      ...headers,
    },
    body: [body],
  };
}

/** A redirect (302) to `location`. */
export function redirectAnswer(location: string, headers?: OutgoingHttpHeaders): Answer {
  return htmlAnswer(
    302,
    `<html><head><title>Object moved</title></head><body>\r\n<h2>Object moved to <a href="${location.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">here</a>.</h2>\r\n</body></html>\r\n`,
    { Location: location, ...headers },
  );
}

/**
 * A picture as the image host sends it: whole (200); in part (206) if `Range` asks for one range
 * and `If-Range` allows it; 416 if the range lies outside; 304 if the client has it already.
 */
export function pictureAnswer(
  request: IncomingMessage,
  picture: Picture,
  validators: Validators,
): Answer {
  const modified = new Date(validators.lastModified).toUTCString();
  const headers: OutgoingHttpHeaders = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'public, max-age=86400',
    ETag: validators.etag,
    'Last-Modified': modified,
    'Content-Type': 'image/jpeg',
  };
  if (isHeld(request, validators.etag, modified)) return { status: 304, headers, body: [] };
  const total = lengthOf(picture);
  const range = askedRange(request, validators.etag, modified, total);
  if (range === 'outside') {
    const empty = { 'Content-Range': `bytes */${total}`, 'Content-Length': 0 };
    return { status: 416, headers: { ...headers, ...empty }, body: [] };
  }
  if (!range) {
    return { status: 200, headers: { ...headers, 'Content-Length': total }, body: picture };
  }
  return {
    status: 206,
    headers: {
      ...headers,
      'Content-Range': `bytes ${range.start}-${range.end}/${total}`,
      'Content-Length': range.end - range.start + 1,
    },
    body: sliceOf(picture, range.start, range.end),
  };
}

/** Receives the progress of an answer. */
export interface Progress {
  /** The status has been sent. */
  started(status: number): void;
  /** So many more bytes of the body have been written. */
  sent(bytes: number): void;
}

/**
 * Sends an answer, no faster than the client reads it. Ends early, without throwing, when the
 * client disconnects.
 */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  progress: Progress,
): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  progress.started(answer.status);
  const last = answer.body.at(-1);
  if (request.method === 'HEAD' || !last) {
    response.end();
    return;
  }
  if (answer.body.length > 1) await sendPieces(response, answer.body.slice(0, -1), progress);
  if (response.destroyed) return;
  progress.sent(last.length);
  response.end(last);
}

/** Sends pieces of a body, no faster than the client reads them. */
export async function sendPieces(
  response: ServerResponse,
  pieces: Iterable<Buffer>,
  progress: Progress,
): Promise<void> {
  for (const piece of pieces) {
    if (response.destroyed) return;
    progress.sent(piece.length);
    if (!response.write(piece)) await drained(response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.destroyed) done();
  });
}

function isHeld(request: IncomingMessage, etag: string, modified: string): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined) return match.split(/\s*,\s*/).some((tag) => tag === etag || tag === '*');
  const since = request.headers['if-modified-since'];
  return since !== undefined && Date.parse(since) >= Date.parse(modified);
}

function askedRange(
  request: IncomingMessage,
  etag: string,
  modified: string,
  total: number,
): { start: number; end: number } | 'outside' | undefined {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag && condition !== modified) return undefined;
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  if (asked[1] === '') {
    const length = Math.min(Number(asked[2]), total);
    return length === 0 ? 'outside' : { start: total - length, end: total - 1 };
  }
  const start = Number(asked[1]);
  const end = asked[2] === '' ? total - 1 : Math.min(Number(asked[2]), total - 1);
  if (asked[2] !== '' && Number(asked[2]) < start) return undefined;
  return start >= total ? 'outside' : { start, end };
}
