import { z } from 'zod';
import type { ListedPhoto } from '../album/photo.js';
import type { WalkPlace } from '../walk/album-walks.js';

// Every request is checked twice. What is in it was checked as it was read off a page: here it is
// told only whether it is of its kind, which takes a tenth of the time.
const placeSchema: z.ZodType<WalkPlace> = z.object({
  walk: z.number(),
  page: z.number(),
  url: z.string(),
  titles: z.array(z.string()),
  albumUrl: z.string(),
  number: z.number(),
});
const photoSchema = z.looseObject({
  key: z.string(),
  id: z.string(),
  page: z.number(),
  position: z.number(),
}) as unknown as z.ZodType<ListedPhoto>;

/**
 * The labels that the request queue routes by, each with what its requests carry. Nothing secret
 * is among it, since requests are written to disk.
 */
export const requestSchemas = {
  /** Signs in. One a run. */
  LOGIN: z.looseObject({ run: z.string() }),
  /** Fetches one listing page of one walk of one run. */
  LISTING: z.looseObject({ run: z.string(), place: placeSchema }),
  /** Fetches a photo's own page, which says where its original is. It outlives the run. */
  DETAIL: z.looseObject({
    photo: photoSchema,
    /** Candidates for the original, one for each of the profile's; null where the row has none. */
    originals: z.array(z.string().nullable()),
    failures: z.number().int().nonnegative(),
  }),
  /** Saves one original. It outlives the run: what one run leaves undone the next one does. */
  IMAGE: z.looseObject({
    photo: photoSchema,
    /** Candidates for the original, the best first. */
    originals: z.array(z.string()).min(1),
  }),
};

/** A request as Crawlee's queue takes it. */
export interface CrawlRequest {
  url: string;
  uniqueKey: string;
  label: keyof typeof requestSchemas;
  userData: Record<string, unknown>;
  /** Whether its handler does the asking. */
  skipNavigation: boolean;
}

/**
 * The request that signs in for a run.
 *
 * @param url the page that the sign-in begins with, as that by which it is named
 */
export function loginRequest(url: string, run: string): CrawlRequest {
  return {
    url,
    uniqueKey: `LOGIN ${run}`,
    label: 'LOGIN',
    userData: { run },
    skipNavigation: true,
  };
}

/**
 * The request for a listing page. Its unique key is the run's own: every run walks anew.
 *
 * @param url what is asked for: the page itself, or the file of JSON beside it
 */
export function listingRequest(url: string, run: string, place: WalkPlace): CrawlRequest {
  return {
    url,
    uniqueKey: `LISTING ${run} walk ${place.walk} page ${place.page}`,
    label: 'LISTING',
    userData: { run, place },
    skipNavigation: false,
  };
}

/** Unique keys of photos are their own, so that no run does twice what is done; after failures they
 * carry their number, so that a later run tries again, once. */
function photoRequestKey(label: string, { key }: ListedPhoto, failures: number): string {
  return failures === 0 ? `${label} ${key}` : `${label} ${key} after ${failures}`;
}

/**
 * The request for a photo's own page.
 *
 * @param originals candidates for the original that its row had; null where it had none
 * @param failures how many times the photo has failed so far
 */
export function detailRequest(
  url: string,
  photo: ListedPhoto,
  originals: readonly (string | null)[],
  failures: number,
): CrawlRequest {
  return {
    url,
    uniqueKey: photoRequestKey('DETAIL', photo, failures),
    label: 'DETAIL',
    userData: { photo, originals, failures },
    skipNavigation: true,
  };
}

/**
 * The request for an original.
 *
 * @param originals candidates for the original, the best first
 * @param failures how many times the photo has failed so far
 */
export function imageRequest(
  photo: ListedPhoto,
  originals: readonly [string, ...string[]],
  failures: number,
): CrawlRequest {
  return {
    url: originals[0],
    uniqueKey: photoRequestKey('IMAGE', photo, failures),
    label: 'IMAGE',
    userData: { photo, originals },
    skipNavigation: true,
  };
}
