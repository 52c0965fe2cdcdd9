import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { plainEnvironment } from './command.js';

/** How to start a server. */
interface ServerProcess {
  program: string;
  words: readonly string[];
  /** The folder to start it in. */
  cwd: string;
  /** Its environment, beside {@link plainEnvironment}. */
  env?: Record<string, string>;
  /** The port of 127.0.0.1 that it listens on. */
  port: number;
  /** The file for what it prints, to which it may write too. */
  log: string;
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a server, and stops it after the work.
 *
 * @throws Error with what it wrote to its log, if it does not answer with status 200
 */
export async function whileServing<Result>(
  { program, words, cwd, env, port, log }: ServerProcess,
  work: () => Promise<Result>,
): Promise<Result> {
  const output: FileHandle = await open(log, 'a');
  const server = spawn(program, words, {
    cwd,
    env: { ...plainEnvironment, ...env },
    stdio: ['ignore', output.fd, output.fd],
    // Its process group holds it and its children, and not this process.
    detached: true,
  });
  const ended = once(server, 'exit');
  try {
    await untilAnswering(server, port, log);
    return await work();
  } finally {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
    await ended;
    await output.close();
  }
}

async function untilAnswering(server: ChildProcess, port: number, log: string): Promise<void> {
  while (server.exitCode === null && server.signalCode === null) {
    const { status } = await fetch(`http://127.0.0.1:${port}/`).catch(() => ({ status: 0 }));
    if (status === 200) return;
    if (status !== 0) break;
    await pause(50);
  }
  const said = await readFile(log, 'utf8');
  throw new Error(`This does not serve: ${server.spawnargs.join(' ')}\n${said}`);
}

/**
 * The requests in a server's log, whose lines begin with the request line: `GET /a%20b.jpg`, as
 * received, without the protocol.
 */
export async function loggedRequests(log: string): Promise<string[]> {
  const lines = (await readFile(log, 'utf8')).split('\n');
  return lines.flatMap((line) => line.match(/^[A-Z]+ \S+/) ?? []);
}
