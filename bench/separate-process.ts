import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A script of the benchmark in a process of its own, so that its work does not count as a program's. */
export interface SeparateProcess<Start> {
  /** The message that it sent when it was ready. */
  start: Start;
  /** Sends it a message and returns the next one that it sends. */
  ask<Answer>(question: unknown): Promise<Answer>;
}

/**
 * Starts a script beside this one with its options as JSON, and disconnects from it after the work,
 * which ends it.
 *
 * @throws Error if the process ends before the work does
 */
export async function withSeparateProcess<Start, Result>(
  script: string,
  options: unknown,
  work: (started: SeparateProcess<Start>) => Promise<Result>,
): Promise<Result> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, [JSON.stringify(options)]);
  try {
    const start = await nextMessage<Start>(script, child);
    return await work({
      start,
      ask: (question) => {
        child.send(question as string);
        return nextMessage(script, child);
      },
    });
  } finally {
    if (child.connected) child.disconnect();
  }
}

async function nextMessage<Message>(script: string, child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const { signal } = over;
  const message = once(child, 'message', { signal });
  const end = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process of ${script} ended with ${code}.`);
  });
  try {
    const [received] = await Promise.race([message, end]);
    return received;
  } finally {
    over.abort();
  }
}
