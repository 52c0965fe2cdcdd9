import { createContext, Script } from 'node:vm';
import { UsageError } from '../errors.js';

/** Milliseconds that reading one page may take. Real pages take less than 100. */
const mostTime = 10_000;

const box: { work: () => unknown } = { work: () => undefined };
const context = createContext(box);
const script = new Script('work()');

/**
 * Runs a profile's regular expressions with a time limit. On some texts an expression can take years,
 * and only V8's own timeout, which `vm` offers, can stop it.
 *
 * @param work synchronous work
 * @param place where the text came from, for the message
 * @throws UsageError if it takes too long; whatever `work` throws
 */
export function withinTime<Result>(place: string, work: () => Result, most = mostTime): Result {
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
