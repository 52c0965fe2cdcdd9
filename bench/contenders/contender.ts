import type { Job } from '../cases.js';

/** What a contender has to work with. */
export interface Task {
  job: Job;
  /** Where everything is kept, originals as files whose names end in `.jpg` or `.jpeg`. */
  folder: string;
  /** Where the contender's `list` is, if it has one. */
  listFile: string;
  /** Downloads at once. */
  atOnce: number;
}

/** A process to start. The album's address and account are in its environment, as in `.env`. */
export interface Command {
  file: string;
  words: readonly string[];
  /** What it needs in its environment besides. */
  env?: Readonly<Record<string, string>>;
}

/** A program to measure, which does a job as one whole process. */
export interface Contender {
  /** What the tables call it. */
  title: string;
  /** What it can do. */
  jobs: readonly Job[];
  /** How it is asked for its version, and where it is from; absent for what comes with this project. */
  installed?: { version: Command; debianPackage: string };
  /**
   * The list of addresses in its form; absent where sign-in and pages are its own work. A contender
   * that has it knows the originals beforehand.
   */
  list?(addresses: readonly string[]): string;
  /** How it is started. */
  command(task: Task): Command;
}
