/** A host that answers with errors, or one that does not answer. */
export type HostFailure = 'answer' | 'connection';

/** What a request is sent with. */
export interface Authorization {
  /** The authorization headers: cookies, a token, a password, or none. */
  headers: Record<string, string>;
  /** The address as it is requested: with what its query is to carry. */
  address: string;
  /** The session that the request belongs to. */
  session: number;
}

/**
 * Clears each request for an original before it is sent, and is told how the host answered. The
 * host throttle and the session belong to the run, which may be in another thread.
 */
export interface RequestAuthorization {
  /**
   * Waits until a request to the address may be sent.
   *
   * @param challenge the value of WWW-Authenticate, where the address answered 401
   * @throws where the run ends meanwhile
   */
  authorize(url: string, challenge?: string): Promise<Authorization>;
  /** Stores the cookies of an answer. @param session as the request's authorization has it */
  setCookies(url: string, headers: string[], session: number): void;
  /** Notes that the host gave what was requested, or a plain no. */
  answered(url: string): void;
  /**
   * Notes that the host of an address failed.
   *
   * @param request names the request, so that its retries are not counted as other requests
   * @param reason in words for a person
   */
  failed(url: string, request: string, failure: HostFailure, reason: string): void;
  /** Pauses all requests to the host for so many milliseconds. */
  slowDown(url: string, milliseconds: number): void;
}
