import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readImagePath, readSitePath, type SiteAddress } from './address.js';
import { Album } from './album.js';
import { AlbumPages } from './album-pages.js';
import { type Answer, htmlAnswer, pictureAnswer, redirectAnswer } from './answer.js';
import { assetImage } from './assets.js';
import type { FullOptions } from './options.js';
import { createPaddedPictures } from './padded-pictures.js';
import { messagePage, signInPage } from './pages.js';
import { type AlbumPhoto, uploadedAt } from './photo.js';
import type { RequestKind } from './received-request.js';
import { createScenePictures, type Pictures } from './scene-pictures.js';
import { Sessions } from './session.js';

/** What a request asks for, as its host and path say. */
export interface Question {
  readonly kind: RequestKind;
  readonly page?: number;
  readonly photoId?: string;
  readonly version?: string;
  readonly asset?: string;
}

const firstPage = '/Frame/AllPictures';
/** Bytes of the longest form read: a sign-in has two short fields. */
const longestForm = 65_536;

/** The site: its album, its sessions and its answers. */
export class Site {
  readonly album: Album;
  readonly sessions = new Sessions();
  readonly pages: AlbumPages;
  readonly pictures: Pictures;
  readonly #options: FullOptions;

  constructor(options: FullOptions) {
    this.#options = options;
    this.album = new Album(options.seed, options.photos);
    this.pages = new AlbumPages(options, this.album);
    this.pictures =
      options.photoBytes === undefined
        ? createScenePictures()
        : createPaddedPictures(options.photoBytes);
  }

  /** What a request asks for. The site and the image host share the port; the host name decides. */
  read(request: IncomingMessage): Question {
    const host = request.headers.host?.split(':')[0];
    const target = request.url ?? '/';
    if (host === 'localhost') {
      const address = readImagePath(target);
      if (!address) return { kind: 'unknown' };
      const hasMoved = request.headers.host !== new URL(this.pages.imageUrl).host;
      if (hasMoved) return { kind: address.kind === 'original' ? 'moved' : 'unknown' };
      return { kind: address.kind, photoId: address.id, version: address.version };
    }
    if (host !== '127.0.0.1') return { kind: 'unknown' };
    const address: SiteAddress = readSitePath(target);
    if (address.kind === 'page') return { kind: 'page', page: address.page };
    if (address.kind === 'asset') return { kind: 'asset', asset: address.name };
    return { kind: address.kind };
  }

  /** The correct answer to a request. */
  async answer(request: IncomingMessage, question: Question): Promise<Answer> {
    switch (question.kind) {
      case 'original':
      case 'thumbnail':
        return this.#image(request, question, question.kind);
      case 'moved':
        return htmlAnswer(410, messagePage('Gone'));
      case 'asset':
        return assetAnswer(question.asset ?? '');
      case 'sign-in':
        return request.method === 'POST' ? this.#signIn(request) : htmlAnswer(200, signInPage());
      case 'sign-out':
        return redirectAnswer('/', { 'Set-Cookie': this.sessions.end(request.headers.cookie) });
      case 'page':
        if (!this.sessions.holds(request.headers.cookie)) return this.signedOut(request);
        return htmlAnswer(200, this.pages.serve(question.page ?? 1));
      default:
        return this.#unknown(request);
    }
  }

  /** The redirect for visitors who are not signed in. */
  signedOut(request: IncomingMessage): Answer {
    return redirectAnswer(`/?ReturnUrl=${encodeURIComponent(request.url ?? '/')}`);
  }

  async #signIn(request: IncomingMessage): Promise<Answer> {
    const form = new URLSearchParams(await readForm(request));
    const { username, password } = this.#options;
    if (form.get('username') === username && form.get('password') === password) {
      return redirectAnswer(firstPage, { 'Set-Cookie': this.sessions.open() });
    }
    return htmlAnswer(200, signInPage('The user name or password provided is incorrect.'));
  }

  /** The photo whose picture is requested; undefined if the album does not hold it now. */
  photoOf({ photoId = '', version }: Question): AlbumPhoto | undefined {
    const photo = this.album.find(photoId);
    return photo?.version === version ? photo : undefined;
  }

  async #image(
    request: IncomingMessage,
    question: Question,
    kind: 'original' | 'thumbnail',
  ): Promise<Answer> {
    const photo = this.photoOf(question);
    if (!photo) return htmlAnswer(404, messagePage('Not Found'));
    return pictureAnswer(request, await this.pictures[kind](photo), {
      etag: this.etag(photo, kind),
      lastModified: Date.parse(uploadedAt(photo)),
    });
  }

  /** The `ETag` of a picture; pictures with different bytes have different ones. */
  etag(photo: AlbumPhoto, kind: 'original' | 'thumbnail'): string {
    const name = `${photo.id}~${photo.version}~${kind}~${this.#options.photoBytes ?? ''}`;
    return `"${createHash('md5').update(name).digest('hex')}"`;
  }

  #unknown(request: IncomingMessage): Answer {
    const isSite = request.headers.host?.split(':')[0] === '127.0.0.1';
    if (isSite && !this.sessions.holds(request.headers.cookie)) return this.signedOut(request);
    return htmlAnswer(404, messagePage('Not Found'));
  }
}

async function assetAnswer(name: string): Promise<Answer> {
  const image = await assetImage(name);
  if (!image) return htmlAnswer(404, messagePage('Not Found'));
  const headers = { 'Content-Type': 'image/png', 'Content-Length': image.length };
  return { status: 200, headers: { ...headers, 'Cache-Control': 'max-age=3600' }, body: [image] };
}

async function readForm(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += (piece as Buffer).length;
    if (length > longestForm) break;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}
