import type { CaseName } from './cases.js';
import type { ContenderName } from './contenders/contenders.js';

/** Seconds of a run above which a contender takes part in the first round alone. */
export const longRun = 50;
/** Seconds for a warm-up, or for a replica to start. */
const startSeconds = 2;

/**
 * What the tables of the documents hold: who takes part in which case, with the seconds that a run
 * usually takes on two cores.
 */
export const readmePlan: Readonly<Record<CaseName, Partial<Record<ContenderName, number>>>> = {
  line: {
    ...{ 'photo-escape': 29, before: 30, scrapy: 30, 'gallery-dl': 87, aria2c: 28, wget: 83 },
  },
  photos: {
    ...{ 'photo-escape': 6, before: 7, 'crawlee-disk': 21, 'crawlee-memory': 9, scrapy: 10 },
    ...{ 'gallery-dl': 7, aria2c: 4, wget: 2, curl: 2, floor: 3 },
  },
  small: { 'photo-escape': 24, before: 30, scrapy: 54, floor: 9 },
  latency: { 'photo-escape': 17, before: 18, scrapy: 23 },
  large: {
    ...{ 'photo-escape': 6, before: 8, scrapy: 15, 'gallery-dl': 4, aria2c: 4, wget: 3, curl: 3 },
    floor: 4,
  },
  again: { 'photo-escape': 3, before: 4, scrapy: 6, 'gallery-dl': 2, aria2c: 2, wget: 1 },
  one: { 'photo-escape': 2, before: 2, scrapy: 2, 'gallery-dl': 1, aria2c: 1, wget: 1, floor: 1 },
  help: { 'photo-escape': 1, before: 1, floor: 1 },
};

/** In how many rounds of so many a contender takes part. */
export function plannedRounds(name: CaseName, contender: ContenderName, rounds: number): number {
  return (readmePlan[name][contender] ?? 0) > longRun ? 1 : rounds;
}

/** Seconds that measuring these contenders in the plan's cases takes, roughly. */
export function plannedSeconds(names: readonly ContenderName[], rounds: number): number {
  const perCase = Object.entries(readmePlan).map(([key, usual]) => {
    const name = key as CaseName;
    const measured = names.map((contender) => {
      const seconds = usual[contender];
      return seconds === undefined
        ? 0
        : startSeconds + seconds * plannedRounds(name, contender, rounds);
    });
    return measured.reduce((sum, seconds) => sum + seconds, startSeconds);
  });
  return perCase.reduce((sum, seconds) => sum + seconds, 0);
}
