import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../../src/errors.js';
import { type ProgramEnd, type ProgramRun, startProgram } from '../program.js';

/** A worker of a trial: a process of the program, which is started again when it was killed. */
export class TrialWorker {
  #run: ProgramRun | undefined;
  /** How often it was started. */
  starts = 0;
  /** Whether it is stopped by SIGSTOP. */
  isFrozen = false;
  /** Whether it was asked or made to end, and has not been started again. */
  isEnding = false;
  /** What it said, over all its processes. */
  said = '';

  /**
   * @param folder where it works
   * @param words its options
   */
  constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly words: readonly string[],
  ) {
    mkdirSync(folder, { recursive: true });
  }

  start(): void {
    this.starts += 1;
    this.isFrozen = false;
    this.isEnding = false;
    const words = ['fleet', 'work', '--storage', join(this.folder, 'work'), ...this.words];
    const run = startProgram(words, { cwd: this.folder, env: this.env });
    run.process.stderr?.on('data', (chunk) => {
      this.said += chunk;
    });
    this.#run = run;
  }

  get processId(): number | undefined {
    return this.#run?.process.pid;
  }

  get isRunning(): boolean {
    const { exitCode = 0, signalCode = null } = this.#run?.process ?? {};
    return exitCode === null && signalCode === null;
  }

  /** Whether its process has said that it takes albums. Until then it has nothing to give back. */
  get isReady(): boolean {
    return this.isRunning && this.#run?.output.err.includes('albums at once') === true;
  }

  /** Freezes its process, or lets it go on. */
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    this.#run?.process.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Asks its process to end (SIGTERM). @returns how it ended, and the seconds that it took */
  async terminate(): Promise<{ code: number | null; seconds: number }> {
    this.isEnding = true;
    const from = performance.now();
    this.#run?.process.kill('SIGTERM');
    const end: ProgramEnd | undefined = await this.#run?.ended;
    return { code: end?.code ?? null, seconds: (performance.now() - from) / 1000 };
  }

  /**
   * Starts it again where it found no Redis at its start, as a supervisor would.
   *
   * @throws Error where it has ended otherwise
   */
  supervise(): void {
    if (this.isRunning || this.isEnding) return;
    const { exitCode, signalCode } = this.#run?.process ?? {};
    if (exitCode !== exitCodes.later.code) {
      throw new Error(`A worker ended by itself (${signalCode ?? exitCode}): ${this.said}`);
    }
    this.start();
  }

  /** Ends its process at once. */
  async kill(): Promise<void> {
    if (this.#run === undefined || !this.isRunning) return;
    this.isEnding = true;
    const exited = once(this.#run.process, 'exit');
    this.#run.process.kill('SIGKILL');
    await exited;
  }
}
