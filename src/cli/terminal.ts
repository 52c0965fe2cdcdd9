import type { Readable, Writable } from 'node:stream';

/** What a command reads from and prints to: data to `out`, everything else to `err`. */
export interface Terminal {
  in: Readable & { isTTY?: boolean };
  out: Writable & { isTTY?: boolean; columns?: number };
  err: Writable & { isTTY?: boolean; columns?: number };
  /** Whether a person is being asked for something: no bar is drawn over it. */
  isAsking?: boolean;
}

/** Prints a line for the person: on standard error, never among the data. */
export function say({ err }: Terminal, line: string): void {
  err.write(`${line}\n`);
}
