import type { RouterHandlerContext, RoutesFromSchemas } from '@crawlee/cheerio';
import { z } from 'zod';
import type { ListedPhoto } from '../album/photo.js';
import type { WalkPlace } from '../walk/walk-place.js';
import type { AlbumCrawlingContext } from './album-crawler.js';

// Requests are checked for their kind alone, which takes a tenth of the time: what they carry was
// checked when it was read off a page.
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
/** Number of the try, from 1; missing in the first. */
const triesSchema = z.number().optional();

/**
 * The labels that the request queue routes by, each with the data of its requests. Nothing secret
 * is among it, since requests are written to disk.
 */
export const requestSchemas = {
  /** Signs in. One a run. */
  LOGIN: z.looseObject({ runId: z.string(), tries: triesSchema }),
  /** Fetches one listing page of one walk of one run. */
  LISTING: z.looseObject({ runId: z.string(), place: placeSchema, tries: triesSchema }),
  /** Fetches a photo's own page, which says where its original is. It outlives the run. */
  DETAIL: z.looseObject({
    photo: photoSchema,
    /** Candidates for the original, one for each of the profile's; null where the row has none. */
    originals: z.array(z.string().nullable()),
    failures: z.number().int().nonnegative(),
    tries: triesSchema,
  }),
  /** Saves one original. It outlives the run: what one run leaves undone the next one does. */
  IMAGE: z.looseObject({
    photo: photoSchema,
    /** Candidates for the original, the best first. */
    originals: z.array(z.string()).min(1),
    /** The address of the page that shows it; missing in requests of earlier versions. */
    referrer: z.string().optional(),
  }),
};

type Schemas = typeof requestSchemas;

/** The context of the handler of a label, with the data of its requests. */
export type HandlerContext<Label extends keyof Schemas> = RouterHandlerContext<
  AlbumCrawlingContext,
  RoutesFromSchemas<Schemas>[Label]
>;

/** A request with a label, as the queue takes it. */
export interface LabelledRequest<Label extends keyof Schemas> {
  url: string;
  uniqueKey: string;
  label: Label;
  userData: z.infer<Schemas[Label]>;
  /** Whether its handler sends the requests itself. */
  skipNavigation: boolean;
}

/** A request as the queue takes it. */
export type CrawlRequest = {
  [Label in keyof Schemas]: LabelledRequest<Label>;
}[keyof Schemas];

const requestParts = { url: z.string(), uniqueKey: z.string(), skipNavigation: z.boolean() };

/** Gives a request of Crawlee's the type of its label. */
export const crawlRequestSchema: z.ZodType<CrawlRequest> = z.discriminatedUnion('label', [
  z.object({ ...requestParts, label: z.literal('LOGIN'), userData: requestSchemas.LOGIN }),
  z.object({ ...requestParts, label: z.literal('LISTING'), userData: requestSchemas.LISTING }),
  z.object({ ...requestParts, label: z.literal('DETAIL'), userData: requestSchemas.DETAIL }),
  z.object({ ...requestParts, label: z.literal('IMAGE'), userData: requestSchemas.IMAGE }),
]);

/**
 * The request that signs in for a run.
 *
 * @param url the page that the sign-in begins with, which names the request in the log
 */
export function loginRequest(url: string, runId: string): LabelledRequest<'LOGIN'> {
  return {
    url,
    uniqueKey: `LOGIN ${runId}`,
    label: 'LOGIN',
    userData: { runId },
    skipNavigation: true,
  };
}

/**
 * The request for a listing page. Its unique key is the run's own: every run walks anew.
 *
 * @param url the page itself, or the file of JSON beside it
 */
export function listingRequest(
  url: string,
  runId: string,
  place: WalkPlace,
): LabelledRequest<'LISTING'> {
  return {
    url,
    uniqueKey: `LISTING ${runId} walk ${place.walk} page ${place.page}`,
    label: 'LISTING',
    userData: { runId, place },
    skipNavigation: false,
  };
}

/**
 * The unique key of a request for a photo. It is the same in every run, so that no run repeats what
 * is done; failures are part of it, so that a later run tries a failed photo once more.
 */
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
): LabelledRequest<'DETAIL'> {
  return {
    url,
    uniqueKey: photoRequestKey('DETAIL', photo, failures),
    label: 'DETAIL',
    userData: { photo, originals: [...originals], failures },
    skipNavigation: true,
  };
}

/**
 * The request for an original.
 *
 * @param originals candidates for the original, the best first
 * @param failures how many times the photo has failed so far
 * @param referrer the address of the page that shows it
 */
export function imageRequest(
  photo: ListedPhoto,
  originals: readonly [string, ...string[]],
  failures: number,
  referrer?: string,
): LabelledRequest<'IMAGE'> {
  return {
    url: originals[0],
    uniqueKey: photoRequestKey('IMAGE', photo, failures),
    label: 'IMAGE',
    userData: { photo, originals: [...originals], ...(referrer !== undefined && { referrer }) },
    skipNavigation: true,
  };
}
