import type { Job } from '../cases.js';

/** What a contender is given. */
export interface Task {
  job: Job;
  /** The folder to save in. Originals are files whose names end in `.jpg` or `.jpeg`. */
  folder: string;
  /** The file that holds the contender's `list`, if it has one. */
  listFile: string;
  /** Downloads at once. */
  atOnce: number;
  /** The folder of the version before, where there is one to compare with. */
  before?: string;
}

/** A process to start. Its environment has the album's address and account, as `.env` has. */
export interface Command {
  file: string;
  words: readonly string[];
  /** Further variables of its environment. */
  env?: Readonly<Record<string, string>>;
}

/** A program to measure, which does a whole job in one process. */
export interface Contender {
  /** Its name in the tables. */
  title: string;
  /** The jobs that it can do. */
  jobs: readonly Job[];
  /** How to ask for its version, and the package it comes from; missing for parts of this project. */
  installed?: { version: Command; debianPackage: string };
  /**
   * Writes the originals' addresses in its own format; missing where it signs in and reads the
   * pages itself. A contender with a list knows the originals beforehand.
   */
  list?(addresses: readonly string[]): string;
  /** The process that does a job. */
  command(task: Task): Command;
}
