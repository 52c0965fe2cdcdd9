/** What a request was for. */
export type RequestKind =
  | 'page'
  | 'sign-in'
  | 'sign-out'
  | 'original'
  | 'thumbnail'
  | 'asset'
  /** An original on a host that the images have left. */
  | 'moved'
  | 'unknown';

/** A request as it reached the replica. */
export interface ReceivedRequest {
  readonly method: string;
  /** The `Host` header, port included. */
  readonly host: string;
  /** Path and query string as received. */
  readonly path: string;
  readonly kind: RequestKind;
  /** The requested page, from 1; for kind `page`. */
  readonly page?: number;
  /** The photo's GUID; for kinds `original` and `thumbnail`. */
  readonly photoId?: string;
  /** Whether the request carried a `Cookie` header. */
  readonly cookie: boolean;
  /** Whether the request carried an `Authorization` header. */
  readonly authorization: boolean;
  /** The `Range` header, if any. */
  readonly range?: string;
  /** When it arrived, in ms since the replica started. */
  readonly at: number;
}
