import { EscapeError } from '../../errors.js';

/** The store could not be reached, or failed, for as long as it was worth waiting. */
export class StoreUnreachableError extends EscapeError {
  constructor(message: string, options?: ErrorOptions) {
    super('later', message, options);
  }
}
