import { z } from 'zod';
import { type ListedPhoto, listedPhotoSchema } from '../photo.js';
import type { Profile } from '../profile/schema.js';

/**
 * The labels that the request queue routes by, each with what its requests carry. Nothing secret
 * is among it, since requests are written to disk.
 */
export const requestSchemas = {
  /** Fetches the sign-in page; its handler signs in. One a run. */
  LOGIN: z.looseObject({ run: z.string() }),
  /** Fetches one listing page of one walk of one run. */
  LISTING: z.looseObject({
    run: z.string(),
    walk: z.number().int().positive(),
    page: z.number().int().positive(),
  }),
  /** Saves one original. It outlives the run: what one run leaves undone the next one does. */
  IMAGE: z.looseObject({ photo: listedPhotoSchema }),
};

/** A request as Crawlee's queue takes it. */
export interface CrawlRequest {
  url: string;
  uniqueKey: string;
  label: keyof typeof requestSchemas;
  userData: Record<string, unknown>;
  skipNavigation?: boolean;
}

/** The request that signs in for a run. */
export function loginRequest(profile: Profile, siteUrl: string, run: string): CrawlRequest {
  return {
    url: new URL(profile.signIn.page, siteUrl).href,
    uniqueKey: `LOGIN ${run}`,
    label: 'LOGIN',
    userData: { run },
  };
}

/** Address of a listing page; pages are counted from 1. */
export function listingUrl({ listing }: Profile, siteUrl: string, page: number): string {
  const url = new URL(listing.page, siteUrl);
  if (page > 1) url.searchParams.set(listing.pageParameter, String(page));
  return url.href;
}

/** The request for a listing page. Its unique key is the run's own: every run walks anew. */
export function listingRequest(
  profile: Profile,
  siteUrl: string,
  { run, walk, page }: { run: string; walk: number; page: number },
): CrawlRequest {
  return {
    url: listingUrl(profile, siteUrl, page),
    uniqueKey: `LISTING ${run} walk ${walk} page ${page}`,
    label: 'LISTING',
    userData: { run, walk, page },
  };
}

/**
 * The request for an original. Its unique key is the photo's, so that no run fetches it twice;
 * after failures it carries their number, so that a later run tries again, once.
 *
 * @param failures how many times the photo has failed so far
 */
export function imageRequest(photo: ListedPhoto, failures: number): CrawlRequest {
  return {
    url: photo.originalUrl,
    uniqueKey: failures === 0 ? `IMAGE ${photo.key}` : `IMAGE ${photo.key} after ${failures}`,
    label: 'IMAGE',
    userData: { photo },
    skipNavigation: true,
  };
}
