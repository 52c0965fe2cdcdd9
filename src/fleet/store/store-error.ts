import { EscapeError } from '../../errors.js';

/** The store could not be reached, or failed, for as long as it was worth waiting. */
export class StoreUnreachableError extends EscapeError {
  constructor(message: string, options?: ErrorOptions) {
    super('later', message, options);
  }
}

/** What was being read from the store broke off: reading it again may go well. */
export class BrokenTransferError extends StoreUnreachableError {}

const mostTries = 3;

/**
 * Reads something from a store, and again where its transfer breaks off.
 *
 * @throws BrokenTransferError where it broke off each time; what `read` throws
 */
export async function readAgain<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof BrokenTransferError) || tries === mostTries) throw error;
    }
  }
}
