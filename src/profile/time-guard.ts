import { createContext, Script } from 'node:vm';
import { UsageError } from '../errors.js';

/** Milliseconds that reading one page may take. Real pages take tens. */
const mostTime = 10_000;

const box: { work: () => unknown } = { work: () => undefined };
const context = createContext(box);
const script = new Script('work()');

/**
 * Runs work that tries a profile's regular expressions on a site's text: some expressions take
 * longer than a life on the wrong text, and nothing but another thread's watch can end them.
 *
 * @param work must not wait for anything
 * @param place where the text came from
 * @throws UsageError if it takes too long; what `work` throws
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
