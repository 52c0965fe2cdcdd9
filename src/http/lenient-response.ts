import { Duplex, pipeline, Transform, type TransformCallback } from 'node:stream';
import { DownloadError } from './download-error.js';

/** Bytes of the headers of an answer at the most: as much as browsers take. */
export const mostHeaderBytes = 256 * 1024;
/** Characters of the line that gives a chunk's size. */
const mostSizeLine = 4096;

/** RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Headers about the body's end, and about the connection itself, which is used for one answer. */
const writtenAnew = [
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
];

/** The head of an answer, written anew. */
interface CleanHead {
  text: string;
  status: number;
  isChunked: boolean;
}

/**
 * Writes the head of an answer anew so that a strict parser takes it, reading it as browsers do: RFC
 * 9112, sections 2.2 (LF alone), 4 (no reason phrase), 5.1 (space before the colon), 5.2 (folded
 * lines), 6.3 (lengths); RFC 9110, sections 5.5 (control characters) and 8.6 (the same length twice).
 * A header whose name is not a token is left out.
 *
 * @param head its lines, without the empty line at the end
 * @throws DownloadError where it is not HTTP, or names two different lengths
 */
function cleanHead(head: string): CleanHead {
  const [first = '', ...lines] = head.split(/\r?\n/);
  const [, status, reason = ''] =
    /^(?:HTTP\/\d+(?:\.\d+)?|ICY)[ \t]+(\d{3})(?!\d)[ \t]*(.*)$/i.exec(first) ?? [];
  if (status === undefined) throw new DownloadError('the server’s answer is not HTTP');
  const fields = unfolded(lines).map(fieldOf);
  const valuesOf = (wanted: string) =>
    fields.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
  const isChunked = valuesOf('transfer-encoding').some((value) => /\bchunked$/i.test(value));
  const length = isChunked ? undefined : oneLength(valuesOf('content-length'));
  const text = [
    `HTTP/1.1 ${status} ${printable(reason)}`,
    ...fields
      .filter(({ name }) => token.test(name) && !writtenAnew.includes(name.toLowerCase()))
      .map(({ name, value }) => `${name}: ${value}`),
    ...(isChunked ? ['Transfer-Encoding: chunked'] : []),
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    'Connection: close\r\n\r\n',
  ].join('\r\n');
  return { text, status: Number(status), isChunked };
}

function fieldOf(line: string): { name: string; value: string } {
  const colon = Math.max(line.indexOf(':'), 0);
  return { name: line.slice(0, colon).trim(), value: printable(line.slice(colon + 1)).trim() };
}

/** RFC 9110, section 5.5: control characters other than the tab become spaces. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ');
}

function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) whole.push(line);
    else if (whole.length > 0) whole.push(`${whole.pop()} ${line.trim()}`);
  }
  return whole;
}

/** The length that is named; a text that is no number counts as none, as in browsers. */
function oneLength(values: readonly string[]): number | undefined {
  const texts = values.flatMap((value) => value.split(',')).map((text) => text.trim());
  const numbers = new Set(texts.filter((text) => /^\d+$/.test(text)).map(Number));
  if (numbers.size > 1) {
    throw new DownloadError(`the server announces two lengths (${[...numbers].join(' and ')})`);
  }
  const [length] = numbers;
  return length;
}

/** Rewrites the bytes of one answer as they come: its head, and the sizes of its chunks. */
class LenientResponse extends Transform {
  /** What is being read; `bytes` is the rest of a chunk. */
  #state: 'head' | 'size' | 'bytes' | 'after bytes' | 'trailers' | 'as it is' | 'over' = 'head';
  #waiting: Buffer = Buffer.alloc(0);
  #chunkBytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    try {
      while (this.#waiting.length > 0 && this.#step());
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // What ends within a head or a line is left to the parser, which knows what is missing.
    this.push(this.#waiting);
    done();
  }

  /** @returns false where more bytes are needed */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead();
      case 'size':
        return this.#readSize();
      case 'bytes':
        return this.#passBytes();
      case 'after bytes':
        return this.#endChunk();
      case 'trailers':
        return this.#skipTrailer();
      case 'as it is':
        this.push(this.#take(this.#waiting.length));
        return false;
      default:
        this.#take(this.#waiting.length);
        return false;
    }
  }

  #take(bytes: number): Buffer {
    const taken = this.#waiting.subarray(0, bytes);
    this.#waiting = this.#waiting.subarray(bytes);
    return taken;
  }

  #readHead(): boolean {
    const text = this.#waiting.toString('latin1', 0, mostHeaderBytes);
    const start = /^[\r\n]*/.exec(text)?.[0].length ?? 0;
    const end = /\n\r?\n/.exec(text.slice(start));
    if (end === null) {
      if (this.#waiting.length < mostHeaderBytes) return false;
      throw new DownloadError(`the server’s headers are longer than ${mostHeaderBytes} bytes`);
    }
    this.#take(start + end.index + end[0].length);
    const head = cleanHead(text.slice(start, start + end.index).replace(/\r$/, ''));
    // An interim answer (RFC 9110, section 15.2) comes before the real one.
    if (head.status < 200) return true;
    this.push(head.text, 'latin1');
    this.#state = head.isChunked ? 'size' : 'as it is';
    return true;
  }

  #readLine(): string | undefined {
    const end = this.#waiting.indexOf('\n');
    if (end === -1) {
      if (this.#waiting.length < mostSizeLine) return undefined;
      throw new DownloadError('a line between the server’s chunks does not end');
    }
    return this.#take(end + 1).toString('latin1');
  }

  #readSize(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    const [, size] = /^[ \t]*([0-9a-f]{1,12})[ \t]*(?:;.*)?\r?\n$/i.exec(line) ?? [];
    if (size === undefined)
      throw new DownloadError('the size of one of the server’s chunks is no number');
    this.#chunkBytes = Number.parseInt(size, 16);
    this.push(`${size}\r\n`);
    this.#state = this.#chunkBytes === 0 ? 'trailers' : 'bytes';
    return true;
  }

  #passBytes(): boolean {
    const bytes = this.#take(Math.min(this.#chunkBytes, this.#waiting.length));
    this.#chunkBytes -= bytes.length;
    this.push(bytes);
    if (this.#chunkBytes === 0) this.#state = 'after bytes';
    return true;
  }

  #endChunk(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    if (line.trim() !== '')
      throw new DownloadError('one of the server’s chunks is longer than its size');
    this.push('\r\n');
    this.#state = 'size';
    return true;
  }

  #skipTrailer(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    if (line.trim() !== '') return true;
    this.push('\r\n');
    this.#state = 'over';
    return true;
  }
}

/**
 * A connection for one request, whose answer Node's parser takes although it is not written strictly.
 *
 * @param socket the connection itself, which is closed with what is returned
 */
export function lenientConnection(socket: Duplex): Duplex {
  const readable = pipeline(socket, new LenientResponse(), () => undefined);
  const connection = Duplex.from({ readable, writable: socket });
  socket.on('timeout', () => connection.emit('timeout'));
  connection.once('close', () => socket.destroy());
  return connection;
}
