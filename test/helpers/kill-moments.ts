import { setTimeout as delay } from 'node:timers/promises';
import type { RequestWitness } from './request-witness.js';

/** Numbers from 0 up to 1, the same for the same seed (Mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a moment is drawn from. */
interface Draw {
  witness: RequestWitness;
  /** How many photos the album holds. */
  photos: number;
  random: () => number;
}

type Moment = (draw: Draw) => Promise<unknown>;

/** Longest start of the program, until its first request, that is still aimed at, in ms. */
const longestStart = 800;
/** Longest wait after what a moment waits for, in ms: about what a few requests take. */
const longestPause = 10;
/** Longest wait after the last original was asked for, in ms: about what is left of a run then. */
const longestEnd = 120;

/** Any time before the first request, or a little later. */
const whileStarting: Moment = ({ random }) => delay(random() * longestStart);

/** At one of the first requests, mostly the very first: sign-in form, sign-in, pages, originals. */
const atTheFirstRequests: Moment = async ({ witness, random }) => {
  const count = 1 + Math.floor(random() ** 2 * 8);
  await witness.until(() => witness.run.requests >= count);
  await delay(random() * longestPause);
};

/** Anywhere between the first original not asked for before and the last. */
const whileDownloading: Moment = async ({ witness, photos, random }) => {
  const count = witness.photosAsked + 1 + Math.floor(random() * (photos - witness.photosAsked));
  await witness.until(() => witness.photosAsked >= count);
  await delay(random() * longestPause);
};

/** After the last original was asked for: in the last downloads, the last pages, the summary. */
const whileFinishing: Moment = async ({ witness, photos, random }) => {
  await witness.until(() => witness.photosAsked >= photos);
  await delay(random() * longestEnd);
};

/** Every so many kills, each of these comes in its turn: so few kills reach all of a run's life. */
const moments = [
  whileDownloading,
  atTheFirstRequests,
  whileFinishing,
  whileDownloading,
  whileStarting,
] as const;

/** Resolves at the moment at which the run that has just begun is to be killed. */
export async function killMoment(kill: number, draw: Draw): Promise<void> {
  await (moments[kill % moments.length] as Moment)(draw);
}
