import * as z from 'zod';
import { filterSchema } from './filters.js';
import { signInHeaders } from './headers-schema.js';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema } from './selector-schema.js';

/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** JSON, with the texts in it as given. */
export function jsonWith(text: z.ZodType<string>): z.ZodType<Json> {
  const json: z.ZodType<Json> = z.lazy(() =>
    z.union([text, z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
  );
  return json;
}

const takenSchema = z.strictObject({
  select: selectorSchema
    .optional()
    .describe('An element, or a path in JSON, of the page that the step leads to.'),
  attribute: z
    .string()
    .min(1)
    .optional()
    .describe('The element’s attribute with the value, such as `content` of a `meta`.'),
  header: z.string().min(1).optional().describe('The name of a header of the step’s answer.'),
  cookie: expressionSchema
    .optional()
    .describe('A regular expression for the name of a cookie that the site has set.'),
  filters: z
    .array(filterSchema)
    .default([])
    .describe('Steps from what stands there to the value, in order.'),
});
export type TakenRule = z.infer<typeof takenSchema>;

const address = z.string().min(1);

/** One request of a sign-in. How its keys go together is checked by `check-sign-in.ts`. */
export const stepSchema = z.strictObject({
  get: address
    .optional()
    .describe('The address of a page to read, relative to the album’s address.'),
  post: address.optional().describe('In place of get: the address to post to.'),
  form: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe('What to post as a form sends it: fields with their values.'),
  json: jsonWith(z.string()).optional().describe('In place of form: the JSON to post.'),
  headers: signInHeaders.prefault({}).describe('Further headers of this request.'),
  take: z
    .record(z.string().regex(/^[a-zA-Z]+$/, 'takes letters as a name'), takenSchema)
    .default({})
    .describe(
      'Values to take, by the names under which later steps use them as `{name}`. Each of them has to be there.',
    ),
  refusal: selectorSchema.optional().describe('The text that says why the site refused this step.'),
});
export type SignInStep = z.infer<typeof stepSchema>;
