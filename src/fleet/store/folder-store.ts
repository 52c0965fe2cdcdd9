import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { DiskError } from '../../errors.js';
import { diskError } from '../../files/disk-error.js';
import { insteadOf } from '../../files/error-code.js';
import { syncFolderNow } from '../../files/folder-sync.js';
import { makeFolder } from '../../files/make-folder.js';
import { sha256Of } from './hash.js';
import type { CheckedFile, ObjectStore } from './object-store.js';
import { readingStream } from './reading-stream.js';

/** Objects as files of a folder that all machines of a fleet share. */
export class FolderStore implements ObjectStore {
  readonly name: string;
  readonly #temporary: string;
  readonly #ready = new Set<string>();

  /** @param root the path of the folder, which is made where it is missing */
  constructor(root: string) {
    this.name = resolve(root);
    this.#temporary = join(this.name, 'tmp');
  }

  /** @inheritdoc */
  putFile(key: string, file: CheckedFile, signal?: AbortSignal): Promise<void> {
    const content = () => readingStream(() => createReadStream(file.path), file.path);
    return this.#put(key, content, file.sha256, signal);
  }

  /** @inheritdoc */
  putBytes(key: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    return this.#put(key, () => [bytes], sha256Of(bytes), signal);
  }

  /** @inheritdoc */
  has(key: string): Promise<boolean> {
    const path = this.#path(key);
    return reported(path, () =>
      stat(path).then((found) => found.isFile(), insteadOf(['ENOENT', 'ENOTDIR'], false)),
    );
  }

  /** @inheritdoc */
  open(key: string, signal?: AbortSignal): Promise<Readable | undefined> {
    const path = this.#path(key);
    return reported(path, async () => {
      const file = await open(path).catch(insteadOf(['ENOENT', 'ENOTDIR'], undefined));
      return (
        file && readingStream(() => file.createReadStream({ ...(signal && { signal }) }), path)
      );
    });
  }

  /** @inheritdoc */
  list(folder: string): Promise<string[]> {
    const path = this.#path(folder);
    return reported(path, async () => {
      const options = { recursive: true, withFileTypes: true } as const;
      const entries = await readdir(path, options).catch(insteadOf(['ENOENT'], []));
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(this.name, join(parentPath, name)))
        .map((below) => below.replaceAll(sep, '/'))
        .sort();
    });
  }

  /** @inheritdoc */
  remove(key: string): Promise<void> {
    const path = this.#path(key);
    return reported(path, () => rm(path, { force: true }));
  }

  /** @inheritdoc */
  close(): void {
    return;
  }

  #path(key: string): string {
    return join(this.name, ...key.split('/'));
  }

  async #put(
    key: string,
    content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    sha256: string,
    signal?: AbortSignal,
  ): Promise<void> {
    signal?.throwIfAborted();
    const path = this.#path(key);
    const temporary = join(this.#temporary, randomUUID());
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content()) {
        hash.update(chunk);
        yield chunk;
      }
    }
    await reported(path, async () => {
      this.#makeReady(this.#temporary);
      this.#makeReady(dirname(path));
      try {
        await writeFile(temporary, hashed(), {
          flag: 'wx',
          flush: true,
          ...(signal && { signal }),
        });
        const found = hash.digest('hex');
        if (found !== sha256) {
          throw new DiskError(
            `${key} was to be put into ${this.name} with the SHA-256 ${sha256}, and has ${found}. Check the disk and the memory of this machine.`,
          );
        }
        await rename(temporary, path);
        syncFolderNow(dirname(path));
      } catch (error) {
        await rm(temporary, { force: true });
        signal?.throwIfAborted();
        throw error;
      }
    });
  }

  /** Makes a folder, so that it is still there after a power cut. */
  #makeReady(folder: string): void {
    if (this.#ready.has(folder)) return;
    makeFolder(folder);
    for (let above = folder; above !== this.name; ) {
      above = dirname(above);
      syncFolderNow(above);
    }
    this.#ready.add(folder);
  }
}

async function reported<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, path);
  }
}
