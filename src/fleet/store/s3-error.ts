import { DiskError, EscapeError, UsageError } from '../../errors.js';
import { errorCode } from '../../files/error-code.js';
import { plainText } from '../../text/plain-text.js';

/** What the SDK adds to an error (smithy, `ServiceException`). */
interface ServiceError extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** Where a store is, for messages. */
export interface S3Place {
  bucket: string;
  /** Its address; not known before the first request. */
  endpoint: string | undefined;
}

const credentials = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile in AWS_PROFILE';

/** S3's own codes (Amazon S3 API Reference, Error responses) with what each means, and what to do. */
const meanings: Record<string, (place: S3Place) => string> = {
  NoSuchBucket: ({ bucket }) =>
    `there is no bucket ${bucket}. Create it (aws s3 mb s3://${bucket}), or name another in FLEET_STORE`,
  InvalidBucketName: ({ bucket }) =>
    `${bucket} is no name of a bucket. Name another in FLEET_STORE`,
  InvalidAccessKeyId: () => `it does not know the access key. Check ${credentials}`,
  SignatureDoesNotMatch: () => `the secret key is wrong. Check ${credentials}`,
  AccessDenied: ({ bucket }) =>
    `the credentials may not be used for the bucket ${bucket}. Check them (${credentials}), and that they may list, read, write and delete there`,
  ExpiredToken: () =>
    `the credentials have run out. Renew them (${credentials}, AWS_SESSION_TOKEN)`,
  CredentialsProviderError: () => `no credentials were found. Set ${credentials}`,
  AuthorizationHeaderMalformed: () => 'the region is wrong. Set AWS_REGION to that of the bucket',
  PermanentRedirect: () => 'the bucket is in another region. Set AWS_REGION to that of the bucket',
  RequestTimeTooSkewed: () => 'the clock of this machine is wrong. Set it, best by NTP',
};

/** The codes for bytes that do not have the SHA-256 or the length that was announced. */
const damages = ['XAmzContentSHA256Mismatch', 'BadDigest', 'IncompleteBody'];

const statusOf = (error: unknown): number | undefined =>
  (error as ServiceError).$metadata?.httpStatusCode;

/** Whether the object is not there; a bucket that is not there is an error. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && codeOf(error) !== 'NoSuchBucket';
}

/** Whether the same request may succeed later: no connection, or the server's own trouble. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  // 429 and 503 are S3's and its relatives' ways to say "slow down"; 408 is a connection cut short.
  if (status !== undefined) return status >= 500 || status === 429 || status === 408;
  // Without a status no answer came. What the SDK itself does not take is none of the network's.
  if (error instanceof EscapeError || error instanceof TypeError) return false;
  return !(error instanceof Error) || meaningOf(error) === undefined;
}

/**
 * The error for the person, where it is known that trying again does not help.
 *
 * @returns undefined for an error that S3 does not explain
 */
export function refusal(error: unknown, place: S3Place): EscapeError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (damages.includes(error.name)) {
    return new DiskError(
      `The object store ${storeName(place)} has refused bytes that do not have the SHA-256 they were saved with: they changed on this machine or on the way. Run it again; if it comes back, check the disk and the memory of this machine.`,
      { cause: error },
    );
  }
  const meaning = meaningOf(error);
  if (meaning === undefined) return undefined;
  return new UsageError([
    `The object store ${storeName(place)} cannot be used: ${meaning(place)}.`,
  ]);
}

function meaningOf(error: Error): ((place: S3Place) => string) | undefined {
  if (error.message === 'Region is missing') return () => 'no region is set. Set AWS_REGION';
  return meanings[error.name] ?? (statusOf(error) === 403 ? meanings.AccessDenied : undefined);
}

/** The store as a message names it. */
export function storeName({ bucket, endpoint }: S3Place): string {
  return `s3://${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}`;
}

/** An error in some words, on one line. */
export function inWords(error: unknown): string {
  const status = statusOf(error);
  const code = errorCode(error) ?? codeOf(error) ?? 'error';
  const message = error instanceof Error && error.message !== code ? `: ${error.message}` : '';
  return plainText(`${status === undefined ? '' : `${status} `}${code}${message}`, 300);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
