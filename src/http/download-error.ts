import { types } from 'node:util';

/**
 * The kind of failure: `lasting`, a retry will hardly help (403, 404, 410); `answer`, the server
 * answered, but not with the original; `connection`, it did not answer, or the answer broke off.
 */
export type DownloadFailure = 'lasting' | 'answer' | 'connection';

/** Why an original could not be fetched whole this time. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  /** @param reason in words for a person */
  constructor(
    readonly reason: string,
    readonly failure: DownloadFailure = 'answer',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }

  /** Whether a site may answer like this once it has ended the session. */
  get mayBeSignedOut(): boolean {
    return this.failure === 'lasting';
  }
}

/** A whole answer that is not an original: a web page, for example. */
export class NotAnOriginalError extends DownloadError {
  override get mayBeSignedOut(): boolean {
    return true;
  }
}

/** A transfer that broke off cannot be resumed: it has to begin anew. */
export class CannotResumeError extends DownloadError {}

const words: Record<string, string> = {
  ECONNREFUSED: 'the server refuses connections',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  ENOTFOUND: 'the server’s name is not known',
  EAI_AGAIN: 'the server’s name cannot be looked up',
  ETIMEDOUT: 'the server does not answer',
  Z_BUF_ERROR: 'the compressed answer breaks off',
  Z_DATA_ERROR: 'the compressed answer is damaged',
};

/** Node's codes for failures of the network, of TLS, of HTTP and of decompression. */
const networkCode =
  /^(?:E(?:CONN|HOST|NET|AI_|NOTFOUND|PIPE|TIMEDOUT|PROTO)|HPE_|ERR_(?:SSL|TLS)|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|Z_)/;

/**
 * The DownloadError for a failure of the network, in words for a person. Errors of other kinds (of
 * the disk, of the program) are returned as they are.
 */
export function asDownloadError(error: unknown): unknown {
  if (error instanceof DownloadError || !types.isNativeError(error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  // Where every address of a name failed, Node gives them as one error without a code of its own.
  const [first] = error instanceof AggregateError ? error.errors : [];
  if (first !== undefined && code === undefined) return asDownloadError(first);
  if (code === undefined || !networkCode.test(code)) return error;
  return new DownloadError(words[code] ?? `${error.message} (${code})`, 'connection', {
    cause: error,
  });
}
