import type { RunRecord } from '../album/album.js';
import type { AlbumCounts } from '../album/counts.js';
import { earlyEnds } from '../album/list-doubts.js';
import { numberInWords, photosInWords } from '../text/in-words.js';

/** Whether an album can be considered rescued. */
export interface Verdict {
  rescued: boolean;
  /** The same in a sentence or two. */
  sentence: string;
}

/** What the verdict rests on. */
export interface Grounds {
  counts: Omit<AlbumCounts, 'left'>;
  lastRun?: RunRecord | undefined;
  /** Whether there are signs that pictures are not what the camera made. */
  doubtfulOriginals: boolean;
  /** How many photos were saved that the site itself has damaged; none without it. */
  damagedAtSource?: number;
}

const allSaved = (count: number): string =>
  count === 1
    ? 'the one photo that it lists is saved'
    : `all ${photosInWords(count)} that it lists are saved`;

const inDoubt = 'that list may not be whole';

/** Why the last run does not show that the list is whole, or undefined where it does. */
function unfinished(lastRun: RunRecord | undefined): string | undefined {
  const ending = lastRun?.ending;
  if (ending === 'complete') return undefined;
  if (ending === undefined) return 'no run has ended since';
  const hasDoubts = (lastRun?.doubts?.length ?? 0) > 0;
  return hasDoubts ? inDoubt : earlyEnds[ending];
}

/**
 * Whether an album can be considered rescued: only if the last run counted it as complete, and
 * nothing was lost since then.
 */
export function verdict({ counts, lastRun, ...grounds }: Grounds): Verdict {
  const { listed, failed, pending, lost } = counts;
  // The lost ones, which are no longer listed, are counted among the failed.
  const open = failed + pending - lost;
  const early = unfinished(lastRun);
  if (open > 0) {
    return notYet(
      `${numberInWords(open)} of the ${photosInWords(listed)} that it lists are not saved`,
    );
  }
  if (lost > 0) {
    return {
      rescued: false,
      sentence: `This album cannot be considered rescued: ${photosInWords(lost)} that it no longer lists were saved, but their files are missing or damaged. Put the files back from a copy, and run verify --repair.`,
    };
  }
  if (early !== undefined) {
    const next = early === inDoubt ? 'Do what is said below, then run' : 'Run';
    return notYet(`${listed === 0 ? 'nothing was saved' : allSaved(listed)}, but ${early}`, next);
  }
  if (listed === 0) {
    return { rescued: true, sentence: 'There is nothing to rescue: the album lists no photo.' };
  }
  const flaws = flawsOf(grounds);
  const sentence =
    flaws.length > 0
      ? `This album can be considered rescued as far as the site holds it: ${allSaved(listed)} and checked, but ${flaws.join(', and ')}.`
      : `This album can be considered rescued: ${allSaved(listed)} and checked, byte for byte as the site holds them.`;
  return { rescued: true, sentence };
}

/** What is not as it should be on the site itself. */
function flawsOf({
  doubtfulOriginals,
  damagedAtSource = 0,
}: Omit<Grounds, 'counts' | 'lastRun'>): string[] {
  const flaws: string[] = [];
  if (damagedAtSource > 0) {
    const verb = damagedAtSource === 1 ? 'is' : 'are';
    flaws.push(`${photosInWords(damagedAtSource)} ${verb} damaged on the site itself`);
  }
  if (doubtfulOriginals) {
    flaws.push('there are signs that not every picture is as the camera made it');
  }
  return flaws;
}

function notYet(why: string, next = 'Run'): Verdict {
  return {
    rescued: false,
    sentence: `This album cannot be considered rescued yet: ${why}. ${next} the same command again.`,
  };
}
