/** A host that answers with errors, or one that does not answer. */
export type HostFailure = 'answer' | 'connection';

/**
 * What every request for an original has to pass before it is sent, and what is told of its answer:
 * the manners towards servers, and what opens the album, are the run's affair.
 */
export interface RequestAuthorization {
  /**
   * Waits until a request to the address may go.
   *
   * @returns the headers that open the album there: cookies, a token, or none
   * @throws where the run ends meanwhile
   */
  pass(url: string): Promise<Record<string, string>>;
  /** Notes that the host gave what was asked for, or a plain no. */
  answered(url: string): void;
  /**
   * Notes that the host of an address failed.
   *
   * @param request what was asked for, so that its tries are told from other requests
   * @param reason in words for a person
   */
  failed(url: string, request: string, failure: HostFailure, reason: string): void;
  /** Keeps every request from the host for so many milliseconds. */
  slowDown(url: string, milliseconds: number): void;
}
