import type { RunRecord } from '../album/album.js';
import type { AlbumCounts } from '../album/counts.js';
import { exitCodes } from '../errors.js';

/** Whether an album can be considered rescued. */
export interface Verdict {
  rescued: boolean;
  /** The same in plain words. */
  sentence: string;
}

/** What the verdict rests on. */
export interface Grounds {
  counts: Omit<AlbumCounts, 'left'>;
  lastRun?: RunRecord | undefined;
  /** Whether there are signs that pictures are not what the camera made. */
  doubtfulOriginals: boolean;
}

const number = new Intl.NumberFormat('en');
const photos = (count: number): string =>
  count === 1 ? '1 photo' : `${number.format(count)} photos`;
const allSaved = (count: number): string =>
  count === 1
    ? 'the one photo that it lists is saved'
    : `all ${photos(count)} that it lists are saved`;

/** Why the last run does not bear the word complete, or undefined where it does. */
function unfinished(lastRun: RunRecord | undefined): string | undefined {
  if (lastRun?.ending === 'complete') return undefined;
  if (lastRun?.ending === undefined) return 'no run has come to its end since';
  if ((lastRun.doubts?.length ?? 0) > 0) return 'that list may not be whole (see below)';
  return `the last run ended early (${exitCodes[lastRun.ending].meaning.split(';', 1)[0]})`;
}

/**
 * Whether an album can be considered rescued: only where the last run counted it complete, and
 * nothing was lost since.
 */
export function verdict({ counts, lastRun, doubtfulOriginals }: Grounds): Verdict {
  const { listed, failed, pending, lost } = counts;
  // The lost ones, which are no longer listed, are counted among the failed.
  const open = failed + pending - lost;
  const early = unfinished(lastRun);
  if (open > 0) {
    return notYet(`${number.format(open)} of the ${photos(listed)} that it lists are not saved`);
  }
  if (lost > 0) {
    return {
      rescued: false,
      sentence: `This album cannot be considered rescued: ${photos(lost)} saved before, which it no longer lists, cannot be found on the disk as saved. Put the files back from a copy, and run verify --repair.`,
    };
  }
  if (early !== undefined) {
    return notYet(`${listed === 0 ? 'nothing was saved' : allSaved(listed)}, but ${early}`);
  }
  if (listed === 0) {
    return { rescued: true, sentence: 'There is nothing to rescue: the album lists no photo.' };
  }
  const sentence = doubtfulOriginals
    ? `This album can be considered rescued as far as the site holds it: ${allSaved(listed)} and checked, but there are signs that not every picture is as the camera made it.`
    : `This album can be considered rescued: ${allSaved(listed)} and checked, byte for byte as the site holds them.`;
  return { rescued: true, sentence };
}

function notYet(why: string): Verdict {
  return {
    rescued: false,
    sentence: `This album cannot be considered rescued yet: ${why}. Run the same command again.`,
  };
}
