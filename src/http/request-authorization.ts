/** A host that answers with errors, or one that does not answer. */
export type HostFailure = 'answer' | 'connection';

/**
 * Clears each request for an original before it is sent, and is told how the host answered. The
 * host throttle and the session belong to the run, which may be in another thread.
 */
export interface RequestAuthorization {
  /**
   * Waits until a request to the address may be sent.
   *
   * @returns the authorization headers for the address: cookies, a token, or none
   * @throws where the run ends meanwhile
   */
  authorize(url: string): Promise<Record<string, string>>;
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
