import type { ReceivedRequest } from '../received-request.js';

/** A request as the fault hook receives it. */
export interface FaultRequest extends Omit<ReceivedRequest, 'authorization' | 'at'> {
  /** The photo's place in the album's current listing, from 0; absent if it is not listed. */
  readonly photoIndex?: number;
  /** Whether the request carries an open session. */
  readonly signedIn: boolean;
  /**
   * Counts requests for the same thing, from 1: the same page (signed in and signed out counted
   * apart), the same photo's original or the same form, with the same method.
   */
  readonly attempt: number;
}

/** Chooses the fault of a request; undefined for a correct answer. */
export type FaultHook = (request: FaultRequest) => Fault | undefined;

/** Something that goes wrong with a request. */
export type Fault = AnswerFault | PictureFault | PageFault | SignInFault | DeliveryFault;

/** A different answer instead of the correct one. */
export type AnswerFault =
  | {
      readonly kind: 'status';
      /** From 400; the body is a plain error page. */
      readonly status: number;
      /** `Retry-After`: whole seconds, or a date, sent as an HTTP date. */
      readonly retryAfter?: number | Date;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'body';
      /** May be empty. */
      readonly body: string | Buffer;
      /** Default: that of the correct answer. */
      readonly contentType?: string;
    }
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly status?: 301 | 302 | 303 | 307 | 308;
    }
  /** The correct body padded to `bytes`; no `Content-Length` is sent. */
  | { readonly kind: 'huge'; readonly bytes: number };

/** A fault of an original or a thumbnail. */
export type PictureFault =
  /** The correct bytes with this content type. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** A valid file of another format; `contentType` defaults to the format's own. */
  | { readonly kind: 'format'; readonly format: PictureFormat; readonly contentType?: string }
  /**
   * `ignored`: a range request gets the whole file with 200. `changed`: this request gets a file
   * with other bytes and another `ETag`, which `If-Range` reveals.
   */
  | { readonly kind: 'range'; readonly range: 'ignored' | 'changed' };

/** Formats other than JPEG. The MP4 has the right boxes, but no film in them. */
export type PictureFormat = 'png' | 'gif' | 'webp' | 'mp4';

/** A fault of an album page. It affects signed-in requests only. */
export type PageFault =
  /** A table without photos, although the album does not end here. */
  | { readonly kind: 'no-photos' }
  /** Further cells after the correct ones, with exactly these attributes (escaped for HTML). */
  | { readonly kind: 'extra-items'; readonly items: readonly PageItem[] }
  /** A full page of invented photos, different ones each time, with originals. */
  | { readonly kind: 'invented-photos' }
  /**
   * The session ends. `redirect` redirects to the form, `form` shows it at once with 200. With
   * `keepsSession` the page only claims so: the session stays open.
   */
  | {
      readonly kind: 'signed-out';
      readonly by: 'redirect' | 'form';
      readonly keepsSession?: boolean;
    };

/** The attributes of a thumbnail added to a page. */
interface PageItem {
  readonly source: string;
  /** The whole `id` attribute. */
  readonly id: string;
  /** The `rot` attribute; default `RotateNone`. */
  readonly rotation?: string;
}

/** A fault of the sign-in. */
export type SignInFault =
  /** The form's `action`. */
  | { readonly kind: 'form-action'; readonly action: string }
  /**
   * The correct user name and password are refused: with an error text, with the form alone, or
   * with the redirect to the album but no session cookie.
   */
  | { readonly kind: 'refuse-sign-in'; readonly by: 'error' | 'form' | 'redirect' };

/** The correct answer, delivered badly. All byte counts are of the body. */
export type DeliveryFault =
  /** The connection is reset; without `afterBytes`, before anything is answered. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /**
   * Nothing more is sent until the client disconnects or the replica's `release()` is called;
   * without `afterBytes`, not even the headers.
   */
  | { readonly kind: 'stall'; readonly afterBytes?: number }
  /**
   * The body ends too early. `announced`: its full length was announced, and the connection closes.
   * Otherwise it is sent in chunks, and ends as if it were complete.
   */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly announced: boolean }
  /** The body is sent `bytes` at a time, every `interval` ms. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly interval: number };
