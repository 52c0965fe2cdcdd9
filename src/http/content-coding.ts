import { PassThrough, pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';

/** Bytes by which a coding is recognised, and a file's type (file-type's own figure). */
const sampleLength = 4100;

/** A body without the codings that were applied to it. */
export interface DecodedBody {
  body: Readable;
  /** Whether a coding was removed: the announced length is then not that of these bytes. */
  isDecoded: boolean;
}

/** A decoder for bytes that begin with the sample; undefined where they are not coded like this. */
type DecoderFor = (sample: Buffer) => Transform | undefined;

const { BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = zlib.constants;

/** Node has Zstandard from 22.15 and 23.8 on. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

const gzip: DecoderFor = (sample) =>
  sample[0] === 0x1f && sample[1] === 0x8b ? zlib.createGunzip() : undefined;

/** The codings of RFC 9110, section 8.4.1, with Brotli (RFC 7932) and Zstandard (RFC 8878). */
const decoders: Record<string, DecoderFor> = {
  gzip,
  'x-gzip': gzip,
  deflate: (sample) => {
    // RFC 9110, section 8.4.1.2: some servers send the deflate data without the zlib format.
    const isZlib = isDecodable(() => zlib.inflateSync(sample, { finishFlush: Z_SYNC_FLUSH }));
    if (isZlib) return zlib.createInflate();
    const isRaw = isDecodable(() => zlib.inflateRawSync(sample, { finishFlush: Z_SYNC_FLUSH }));
    return isRaw ? zlib.createInflateRaw() : undefined;
  },
  br: (sample) => {
    const finishFlush = BROTLI_OPERATION_FLUSH;
    const isTrue = isDecodable(() => zlib.brotliDecompressSync(sample, { finishFlush }));
    return isTrue ? zlib.createBrotliDecompress() : undefined;
  },
  ...(createZstdDecompress && {
    zstd: (sample) =>
      sample.readUInt32LE(0) === 0xfd2fb528 && sample.length >= 4
        ? createZstdDecompress()
        : undefined,
  }),
};

/** The value of Accept-Encoding for pages: what can be decoded here. */
export const acceptedCodings = Object.keys(decoders)
  .filter((coding) => coding !== 'x-gzip')
  .join(', ');

/**
 * Removes the content codings of an answer (RFC 9110, section 8.4), the last one first. A coding that
 * is unknown or not true leaves the bytes as they came: servers declare codings that they have not
 * applied.
 *
 * @param declared the value of Content-Encoding
 * @returns a body that fails with zlib's error where a coding breaks off or is damaged
 * @throws what the body fails with before its first bytes
 */
export async function decodedBody(
  body: Readable,
  declared: string | undefined,
): Promise<DecodedBody> {
  const codings = (declared ?? '').toLowerCase().split(',');
  let decoded = body;
  let isDecoded = false;
  for (const coding of codings.reverse().map((name) => name.trim())) {
    const decoderFor = decoders[coding];
    if (decoderFor === undefined) continue;
    const { sample, stream } = await peek(decoded);
    const isTrue = sample.length > 0 && !(await isPicture(sample));
    const decoder = isTrue ? decoderFor(sample) : undefined;
    isDecoded ||= decoder !== undefined;
    // The reader of the last stream gets the error of any.
    decoded = pipeline(stream, decoder ?? new PassThrough(), () => undefined);
  }
  return { body: decoded, isDecoded };
}

/** Compressed bytes may begin like anything, but not like a picture for as long as a sample. */
async function isPicture(sample: Buffer): Promise<boolean> {
  // Hardly any answer needs it.
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(sample);
  return type !== undefined && /^(?:image|video)\//.test(type.mime);
}

function isDecodable(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

/** Reads the first bytes of a stream, and puts them back. */
function peek(stream: Readable): Promise<{ sample: Buffer; stream: Readable }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (rest: Readable) => {
      stream.off('data', onData).off('end', onEnd).off('error', reject).off('close', onClose);
      resolve({ sample: Buffer.concat(chunks), stream: rest });
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length < sampleLength) return;
      stream.pause();
      stream.unshift(Buffer.concat(chunks));
      finish(stream);
    };
    const onEnd = () => finish(Readable.from([Buffer.concat(chunks)], { objectMode: false }));
    const onClose = () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    stream.on('data', onData).once('end', onEnd).once('error', reject).once('close', onClose);
  });
}
