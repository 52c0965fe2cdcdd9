import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { sha256Of } from './hash.js';
import type { CheckedFile, ObjectStore } from './object-store.js';
import { withPatience } from './patience.js';
import { putInParts } from './put-in-parts.js';
import { readingStream } from './reading-stream.js';
import { inWords, isMissing, isPassing, refusal, type S3Place, storeName } from './s3-error.js';
import { BrokenTransferError, StoreUnreachableError } from './store-error.js';

type Sdk = typeof import('@aws-sdk/client-s3');

/** Bytes from which on a file goes in parts, so that a broken connection costs one part. */
const fromHereInParts = 100 * 2 ** 20;
/** Milliseconds without a byte after which a request is broken off. */
const idleTimeout = 60_000;
const connectTimeout = 10_000;

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Objects in a bucket of S3, or of a server that speaks its language. */
export class S3Store implements ObjectStore {
  private constructor(
    private readonly sdk: Sdk,
    private readonly client: S3Client,
    private readonly place: S3Place,
    private readonly prefix: string,
    private readonly patience: number,
  ) {}

  /**
   * Makes the client. Endpoint, region and credentials come from where the AWS SDK reads them. Nothing
   * is requested yet.
   *
   * @param prefix of every key; empty, or ends with a slash
   * @param patience milliseconds for which a store that fails is asked again
   */
  static async create(bucket: string, prefix: string, patience: number): Promise<S3Store> {
    // The SDK warns of Node 20 on standard error, which belongs to the program's own lines.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const sdk = await import('@aws-sdk/client-s3');
    const client = new sdk.S3Client({
      // Servers beside Amazon's seldom have a host name for each bucket.
      forcePathStyle: true,
      // The checksums that newer versions add on their own turn streams into a form (aws-chunked) that
      // other servers refuse with 501. What is sent is checked by its SHA-256 all the same.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // withPatience tries again: the SDK cannot for streams.
      maxAttempts: 1,
      // It would warn of what is an error here.
      logger: silent,
      requestHandler: { connectionTimeout: connectTimeout, socketTimeout: idleTimeout },
    });
    const place: S3Place = { bucket, endpoint: undefined };
    // The SDK works it out with each request, from several files and variables.
    client.middlewareStack.add(
      (next) => (call) => {
        place.endpoint = originOf(call.request as Addressed);
        return next(call);
      },
      { step: 'build', name: 'noteEndpoint' },
    );
    return new S3Store(sdk, client, place, prefix, patience);
  }

  /** For people: as it is set, and where that is, once it is known. */
  get name(): string {
    return storeName(this.place);
  }

  /** @inheritdoc */
  async putFile(key: string, file: CheckedFile, signal?: AbortSignal): Promise<void> {
    if (file.bytes < fromHereInParts) {
      return this.#put(
        key,
        () => readingStream(() => createReadStream(file.path), file.path),
        file,
        signal,
      );
    }
    const target = { client: this.client, Bucket: this.place.bucket, Key: this.prefix + key };
    await this.#patiently(() => putInParts(target, file, signal), signal);
  }

  /** @inheritdoc */
  putBytes(key: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    const facts = { bytes: bytes.length, sha256: sha256Of(bytes) };
    return this.#put(key, () => bytes, facts, signal);
  }

  /** @inheritdoc */
  async has(key: string, signal?: AbortSignal): Promise<boolean> {
    const command = new this.sdk.HeadObjectCommand(this.#object(key));
    const found = await this.#orMissing(() => this.client.send(command, options(signal)), signal);
    return found !== undefined;
  }

  /** @inheritdoc */
  async open(key: string, signal?: AbortSignal): Promise<Readable | undefined> {
    const command = new this.sdk.GetObjectCommand(this.#object(key));
    const found = await this.#orMissing(() => this.client.send(command, options(signal)), signal);
    return found && Readable.from(this.#chunks(found.Body as Readable, signal));
  }

  /** @inheritdoc */
  async list(folder: string, signal?: AbortSignal): Promise<string[]> {
    const keys: string[] = [];
    for (let token: string | undefined; ; ) {
      const command = new this.sdk.ListObjectsV2Command({
        Bucket: this.place.bucket,
        Prefix: this.prefix + folder,
        ContinuationToken: token,
      });
      const page = await this.#patiently(() => this.client.send(command, options(signal)), signal);
      for (const { Key } of page.Contents ?? []) {
        if (Key !== undefined) keys.push(Key.slice(this.prefix.length));
      }
      token = page.NextContinuationToken;
      if (!page.IsTruncated || token === undefined) return keys.sort();
    }
  }

  /** @inheritdoc */
  async remove(key: string, signal?: AbortSignal): Promise<void> {
    const command = new this.sdk.DeleteObjectCommand(this.#object(key));
    await this.#orMissing(() => this.client.send(command, options(signal)), signal);
  }

  /** @inheritdoc */
  close(): void {
    this.client.destroy();
  }

  async *#chunks(body: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (error) {
      signal?.throwIfAborted();
      throw new BrokenTransferError(
        `What was being read from the object store ${this.name} broke off (${inWords(error)}). Run it again.`,
        { cause: error },
      );
    }
  }

  async #put(
    key: string,
    body: () => Readable | Uint8Array,
    { bytes, sha256 }: Omit<CheckedFile, 'path'>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#patiently(async () => {
      const content = body();
      const command = new this.sdk.PutObjectCommand({
        ...this.#object(key),
        Body: content,
        ContentLength: bytes,
      });
      // By this header the server checks what comes. The SDK itself would send one for bytes alone,
      // computed of what it sends rather than of what was saved.
      command.middlewareStack.add(
        (next) => (call) => {
          const { headers } = call.request as { headers: Record<string, string> };
          headers['x-amz-content-sha256'] = sha256;
          return next(call);
        },
        { step: 'build', name: 'sha256OfContent' },
      );
      try {
        await this.client.send(command, options(signal));
      } catch (error) {
        throw (content instanceof Readable && content.errored) || error;
      } finally {
        if (content instanceof Readable) content.destroy();
      }
    }, signal);
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.place.bucket, Key: this.prefix + key };
  }

  #orMissing<Result>(
    work: () => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result | undefined> {
    return this.#patiently(async () => {
      try {
        return await work();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    }, signal);
  }

  async #patiently<Result>(
    work: () => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    try {
      return await withPatience(work, isPassing, this.patience, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const refused = refusal(error, this.place);
      if (refused !== undefined || !isPassing(error)) throw refused ?? error;
      throw new StoreUnreachableError(
        `The object store ${this.name} does not answer as it should (${inWords(error)}). Check that it runs, and its address in AWS_ENDPOINT_URL; what is stored is safe.`,
        { cause: error },
      );
    }
  }
}

/** A request as far as it says where it goes. */
interface Addressed {
  protocol: string;
  hostname: string;
  port?: number;
}

function originOf({ protocol, hostname, port }: Addressed): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

const options = (signal: AbortSignal | undefined) => ({ ...(signal && { abortSignal: signal }) });
