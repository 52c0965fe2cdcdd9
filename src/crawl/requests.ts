import type { RouterHandlerContext, RoutesFromSchemas } from '@crawlee/cheerio';
import * as z from 'zod';
import type { WalkPlace } from '../walk/walk-place.js';
import type { AlbumCrawlingContext } from './album-crawling-context.js';

// Requests are checked for their kind alone, which takes a tenth of the time: what they carry was
// checked when it was read off a page.
const placeSchema: z.ZodType<WalkPlace> = z.object({
  walk: z.number(),
  page: z.number(),
  url: z.string(),
  titles: z.array(z.string()),
  albumUrl: z.string(),
  level: z.number(),
  number: z.number(),
});
/** Number of the try, from 1; missing in the first. */
const triesSchema = z.number().optional();

/**
 * The labels that the request queue routes by, each with the data of its requests. Nothing secret
 * is among it, since requests are written to disk, and of a photo only its key: where it is today is
 * looked up when its turn comes.
 */
export const requestSchemas = {
  /** Signs in. One a run. */
  LOGIN: z.looseObject({ tries: triesSchema }),
  /** Fetches one listing page of one walk of one run. */
  LISTING: z.looseObject({ place: placeSchema, tries: triesSchema }),
  /** Fetches a photo's own page, which says where its original is. One a photo and run. */
  DETAIL: z.looseObject({ key: z.string(), tries: triesSchema }),
  /** Saves one original. */
  IMAGE: z.looseObject({ key: z.string() }),
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
    userData: {},
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
    userData: { place },
    skipNavigation: false,
  };
}

/** The address of a request for a photo: its own is not known before its turn comes. */
function photoAddress(key: string): string {
  return `photo:${key}`;
}

/** The request for a photo's own page. Its unique key is the run's own: what the page says runs out. */
export function detailRequest(key: string, runId: string): LabelledRequest<'DETAIL'> {
  return {
    url: photoAddress(key),
    uniqueKey: `DETAIL ${runId} ${key}`,
    label: 'DETAIL',
    userData: { key },
    skipNavigation: true,
  };
}

/**
 * The request for an original. Its unique key is the same in every run, so that no run repeats what
 * is done; failures are part of it, so that a later run tries a failed photo once more.
 *
 * @param failures how many times the photo has failed so far
 */
export function imageRequest(key: string, failures: number): LabelledRequest<'IMAGE'> {
  return {
    url: photoAddress(key),
    uniqueKey: failures === 0 ? `IMAGE ${key}` : `IMAGE ${key} after ${failures}`,
    label: 'IMAGE',
    userData: { key },
    skipNavigation: true,
  };
}
