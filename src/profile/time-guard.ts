import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { createContext, Script } from 'node:vm';
import { UsageError } from '../errors.js';
import { diskError } from '../files/disk-error.js';

/** Milliseconds that reading one page may take. Real pages take less than 100. */
const mostTime = 10_000;
/** Files that V8's timeout opens, with some to spare. */
const filesOfTimeout = 8;

const box: { work: () => unknown } = { work: () => undefined };
const context = createContext(box);
const script = new Script('work()');

/**
 * Runs a profile's regular expressions with a time limit. On some texts an expression can take years,
 * and only V8's own timeout, which `vm` offers, can stop it.
 *
 * @param work synchronous work
 * @param place where the text came from, for the message
 * @throws UsageError if it takes too long; DiskError if too many files are open; whatever `work` throws
 */
export function withinTime<Result>(place: string, work: () => Result, most = mostTime): Result {
  checkOpenFiles(place);
  box.work = work;
  try {
    return script.runInContext(context, { timeout: most }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new UsageError([
      `The profile's rules take more than ${most / 1000} s on ${place}. A regular expression in it tries too many ways: write it without a repetition inside a repetition, such as (a+)+`,
    ]);
  } finally {
    box.work = () => undefined;
  }
}

/** Node ends the whole process where its timeout can open no file. */
function checkOpenFiles(place: string): void {
  const opened: number[] = [];
  try {
    while (opened.length < filesOfTimeout) opened.push(openSync(devNull, 'r'));
  } catch (error) {
    throw diskError(error, place);
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
