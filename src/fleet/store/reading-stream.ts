import { Readable } from 'node:stream';
import { diskError } from '../../files/disk-error.js';

/**
 * The bytes of a file; an error of the disk ends them as a `DiskError`.
 *
 * @param open called when the first bytes are wanted: nobody would hear the error of a stream before
 */
export function readingStream(open: () => Readable, path: string): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* open();
    } catch (error) {
      throw diskError(error, path);
    }
  }
  return Readable.from(chunks());
}
