import * as z from 'zod';

/** A request that posts, to read pages that cannot be fetched otherwise. */
export const postSchema = z
  .strictObject({
    reads: z
      .boolean()
      .optional()
      .describe(
        'Must be `true`: you have made sure that the request only reads. It is sent for every page, to the album’s own host alone.',
      ),
    json: z.json().optional().describe('The JSON to send, such as the query of GraphQL.'),
    form: z
      .record(z.string(), z.string())
      .optional()
      .describe('The fields of a form to send, in place of JSON.'),
    numbers: z
      .array(z.string())
      .default([])
      .describe(
        'Names of slots whose values JSON has as numbers, not as text. That of `{number}` is one anyway.',
      ),
  })
  .refine(({ json, form }) => (json === undefined) !== (form === undefined), {
    error: 'needs either json or form',
  })
  .describe(
    'Reads each page with a POST request, as GraphQL and search need it. Texts in it may hold `{cursor}`, `{number}` and `{username}`; a value that is `{cursor}` alone is left out on the first page.',
  );
export type PostRule = z.infer<typeof postSchema>;
