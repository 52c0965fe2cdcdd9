import * as z from 'zod';

const pair = z.object({ name: z.string(), value: z.coerce.string().default('') });
const pairs = z
  .array(pair)
  .nullish()
  .transform((all) => all ?? []);

const request = z.object({
  method: z.string(),
  url: z.string(),
  headers: pairs,
  cookies: pairs,
  postData: z
    .object({
      mimeType: z.string().nullish(),
      text: z.string().nullish(),
      params: pairs.nullish(),
    })
    .nullish(),
});

const response = z.object({
  status: z.number(),
  headers: pairs,
  cookies: pairs,
  redirectURL: z.string().nullish(),
  content: z
    .object({
      size: z.number().nullish(),
      mimeType: z.string().nullish(),
      text: z.string().nullish(),
      encoding: z.string().nullish(),
    })
    .default({}),
});

/**
 * What is used of a recorded visit: HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/),
 * as Chromium, Firefox and WebKit write it. All else in it is passed over.
 */
export const harSchema = z.object({
  log: z.object({
    version: z.string().optional(),
    entries: z.array(z.object({ startedDateTime: z.string().nullish(), request, response })),
  }),
});
export type HarEntry = z.infer<typeof harSchema>['log']['entries'][number];
