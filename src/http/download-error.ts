import { types } from 'node:util';
import { diskError } from '../files/disk-error.js';

/**
 * The kind of failure: `lasting`, a retry will hardly help (403, 404, 410); `answer`, the server
 * answered, but not with the original; `connection`, it did not answer, or the answer broke off;
 * `barred`, a person has to change something first (a certificate that is not trusted, a proxy that
 * refuses).
 */
export type DownloadFailure = 'lasting' | 'answer' | 'connection' | 'barred';

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

/** Whether a request failed for a reason that only a person can remove. */
export function isBarred(error: unknown): boolean {
  return error instanceof DownloadError && error.failure === 'barred';
}

/** A whole answer that is not an original: a web page, for example. */
export class NotAnOriginalError extends DownloadError {
  override get mayBeSignedOut(): boolean {
    return true;
  }
}

/** An original whose own end is missing, though the answer has come to its end. */
export class DamagedOriginalError extends DownloadError {
  /**
   * @param sha256 of the bytes that came, lower-case hexadecimal; undefined where the server had not
   *   announced how many there are
   */
  constructor(
    reason: string,
    readonly sha256: string | undefined,
  ) {
    super(reason);
  }
}

/** Statuses of an address that may have run out, such as a signed one. */
export const refusingStatuses = [401, 403, 410];

/** The server refuses an address with one of {@link refusingStatuses}. */
export class RefusedError extends DownloadError {}

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

/** What is wrong with a certificate, by OpenSSL's and Node's codes. */
const certificateFaults: Record<string, string> = {
  CERT_HAS_EXPIRED: 'it has expired, or the clock of this machine is wrong',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its issuer is not known here (a self-signed certificate)',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  CERT_REVOKED: 'it was revoked',
  CERT_UNTRUSTED: 'it is not trusted',
  CERT_REJECTED: 'it is not trusted',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  HOSTNAME_MISMATCH: 'it is for another name',
  INVALID_CA: 'one of its issuers may issue none',
  INVALID_PURPOSE: 'it is for another purpose',
};

/** A certificate that is not trusted, with what to do; undefined for any other code. */
function certificateError(code: string, error: Error): DownloadError | undefined {
  const fault = certificateFaults[code];
  if (fault === undefined) return undefined;
  const { host } = error as { host?: string };
  const whose = host === undefined ? 'the server’s certificate' : `the certificate of ${host}`;
  const advice =
    'If you trust it, save it, or its issuer’s, as a PEM file, and set NODE_EXTRA_CA_CERTS to that file’s path';
  const reason = `${whose} is not trusted: ${fault} (${code}). ${advice}`;
  return new DownloadError(reason, 'barred', { cause: error });
}

/** Node's codes for failures of the network, of TLS, of HTTP and of decompression. */
const networkCode =
  /^(?:E(?:CONN|HOST|NET|AI_|NOTFOUND|PIPE|TIMEDOUT|PROTO)|HPE_|ERR_(?:SSL|TLS)|CERT|UNABLE_TO|Z_|ZSTD_|ERR__|ERR_BROTLI)/;

/** The decoders' codes for coded bytes that are wrong; those of Brotli lack its name. */
const damaged = /^(?:ZSTD_|ERR__|ERR_BROTLI)/;

/**
 * The DownloadError for a failure of the network, in words for a person; a DiskError where too many
 * files are open here. Errors of other kinds (of the disk, of the program) are returned as they are.
 */
export function asDownloadError(error: unknown): unknown {
  if (error instanceof DownloadError || !types.isNativeError(error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  // Where every address of a name failed, Node gives them as one error without a code of its own.
  const [first] = error instanceof AggregateError ? error.errors : [];
  if (first !== undefined && code === undefined) return asDownloadError(first);
  // A socket is a file to the system: what has to change is on this machine.
  if (code === 'EMFILE' || code === 'ENFILE') return diskError(error, 'the connection');
  if (code === undefined || !(networkCode.test(code) || code in certificateFaults)) return error;
  const reason = words[code] ?? (damaged.test(code) ? words.Z_DATA_ERROR : undefined);
  return (
    certificateError(code, error) ??
    new DownloadError(reason ?? `${error.message} (${code})`, 'connection', { cause: error })
  );
}
