import type { Ending } from '../errors.js';
import type { RunRecord } from './album.js';

/** Why a run that ended like this does not show that the list is whole, as part of a sentence. */
export const earlyEnds: Record<Exclude<Ending, 'complete'>, string> = {
  unexpected: 'the last run failed with an unexpected error',
  usage: 'the last run had wrong settings',
  incomplete: 'the last run did not count the album as complete',
  signIn: 'the site refused the sign-in of the last run, or needs a person for it',
  later: 'the last run gave up, since the site could not be reached or limited the requests',
  disk: 'the last run ended early, since the disk was full or could not be written',
  busy: 'another run was using the storage folder',
  interrupted: 'the last run was interrupted by Ctrl-C',
  terminated: 'the last run was stopped by the system (SIGTERM)',
};

/**
 * What speaks against the list of an album's photos being whole, in sentences: what the last run
 * doubted, and that it did not end as it should.
 */
export function listDoubts(lastRun: RunRecord | undefined): string[] {
  const { ending, doubts = [] } = lastRun ?? {};
  if (ending === 'complete' || ending === 'incomplete') return [...doubts];
  const why = ending === undefined ? 'the last run has not ended' : earlyEnds[ending];
  const sentence = `${why[0]?.toUpperCase()}${why.slice(1)}, so the list may not be whole. Run the same command again.`;
  return [...doubts, sentence];
}
