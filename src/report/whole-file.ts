import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** Characters that are gathered before they are written. */
const enough = 65_536;

/** A text file that is written beside its place, part by part, and moved there when it is whole. */
export class WholeFile {
  #handle: FileHandle | undefined;
  #waiting = '';

  constructor(private readonly path: string) {}

  /** Adds text, in UTF-8; done when there is room for more. */
  async write(text: string): Promise<void> {
    this.#waiting += text;
    if (this.#waiting.length >= enough) await this.#flush();
  }

  /** Writes what is left, and puts the file in its place. */
  async publish(): Promise<void> {
    await this.#flush();
    await this.#close();
    await rename(this.#part, this.path);
  }

  /** Leaves nothing of the file; what was in its place before stays. */
  async discard(): Promise<void> {
    await this.#close();
    await rm(this.#part, { force: true });
  }

  get #part(): string {
    return `${this.path}.part`;
  }

  async #flush(): Promise<void> {
    this.#handle ??= await open(this.#part, 'w');
    const text = this.#waiting;
    this.#waiting = '';
    await this.#handle.appendFile(text);
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}
