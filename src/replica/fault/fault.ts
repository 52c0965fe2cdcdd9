import type { RequestRecord } from '../request-log.js';

/** A request, as the hook for faults sees it. */
export interface FaultRequest
  extends Pick<
    RequestRecord,
    'kind' | 'method' | 'host' | 'path' | 'page' | 'photoId' | 'cookie' | 'range'
  > {
  /** Place of the photo in the album's listing as it is now, from 0; if it is in it. */
  readonly photoIndex?: number;
  /** Whether the request carries an open session. */
  readonly signedIn: boolean;
  /**
   * The how-many-eth request this is, from 1, for the very same thing: the same page (signed in or
   * out), the same photo's original, the same form, by the same method.
   */
  readonly attempt: number;
}

/** Says what goes wrong with a request; undefined lets it be answered as it should be. */
export type FaultHook = (request: FaultRequest) => Fault | undefined;

/** What can go wrong with a request. */
export type Fault = AnswerFault | PictureFault | PageFault | SignInFault | DeliveryFault;

/** Another answer in place of the right one. */
export type AnswerFault =
  | {
      readonly kind: 'status';
      /** From 400; the body is a plain error page. */
      readonly status: number;
      /** `Retry-After`: whole seconds, or a moment, sent as an HTTP date. */
      readonly retryAfter?: number | Date;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'body';
      /** May be empty. */
      readonly body: string | Buffer;
      /** Default: what the right answer would say. */
      readonly contentType?: string;
    }
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly status?: 301 | 302 | 303 | 307 | 308;
    }
  /** The right body and then filler, until it is `bytes` long; no length is announced. */
  | { readonly kind: 'huge'; readonly bytes: number };

/** A fault of an original or a thumbnail. */
export type PictureFault =
  /** The right bytes under a wrong name. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** A valid file of another format; `contentType` defaults to the format's own. */
  | { readonly kind: 'format'; readonly format: PictureFormat; readonly contentType?: string }
  /**
   * `ignored`: a request for a part gets the whole, 200. `changed`: from now on, for this request,
   * the file is another one, with other bytes and another `ETag`; `If-Range` brings this to light.
   */
  | { readonly kind: 'range'; readonly range: 'ignored' | 'changed' };

/** Formats other than JPEG. The MP4 is a mere shell: right boxes, no film in them. */
export type PictureFormat = 'png' | 'gif' | 'webp' | 'mp4';

/** A fault of a page of the album. It strikes only who is signed in. */
export type PageFault =
  /** A table without any photo, though this is not the end. */
  | { readonly kind: 'no-photos' }
  /** Cells behind the right ones, with these very attributes (escaped as HTML wants it). */
  | { readonly kind: 'extra-items'; readonly items: readonly PageItem[] }
  /** A full page of photos that no one uploaded, new ones every time, with originals. */
  | { readonly kind: 'invented-photos' }
  /**
   * The session ends now. `redirect` leads to the form, `form` shows it at once, with 200; with
   * `keepsSession` it was a slip, and the session goes on.
   */
  | {
      readonly kind: 'signed-out';
      readonly by: 'redirect' | 'form';
      readonly keepsSession?: boolean;
    };

/** The attributes of a thumbnail that is added to a page. */
interface PageItem {
  readonly source: string;
  /** The whole `id` attribute. */
  readonly id: string;
  /** The `rot` attribute; default `RotateNone`. */
  readonly rotation?: string;
}

/** A fault of the sign-in. */
export type SignInFault =
  /** The form is to be posted elsewhere. */
  | { readonly kind: 'form-action'; readonly action: string }
  /**
   * Good fields are refused: with the usual error text, with the form and not a word, or with the
   * redirect to the album but no session.
   */
  | { readonly kind: 'refuse-sign-in'; readonly by: 'error' | 'form' | 'redirect' };

/** The right answer, but it does not arrive as it should. Bytes are those of the body. */
export type DeliveryFault =
  /** The connection is reset; without `afterBytes` before any answer. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /**
   * Nothing more comes, until the client leaves or the replica's `release()` is called; without
   * `afterBytes` not even the headers.
   */
  | { readonly kind: 'stall'; readonly afterBytes?: number }
  /**
   * The body ends too early. `announced`: its full length was announced, and the connection closes;
   * else it was sent in chunks, and ends as if it were whole.
   */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly announced: boolean }
  /** The body trickles: `bytes` at a time, every `interval` ms. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly interval: number };
