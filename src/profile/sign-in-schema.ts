import { z } from 'zod';
import { expressionSchema } from './expression-schema.js';
import { selectorSchema, siteAddress, slottedText } from './selector-schema.js';

const selectProof = z.strictObject({
  page: siteAddress.optional().describe('The page to look at; else the one that it leads to.'),
  select: selectorSchema.describe('Found only for those who are signed in.'),
});
const cookieProof = z.strictObject({
  cookie: expressionSchema.describe('Matches the name of a cookie that only the signed-in get.'),
});

const signedOut = z
  .strictObject({
    select: selectorSchema.optional().describe('Found only on pages for those who are signed out.'),
    status: z
      .array(z.number().int().min(200).max(499))
      .optional()
      .describe('Statuses that say so.'),
    redirect: expressionSchema
      .optional()
      .describe('Matches the address that the site leads those to who are signed out.'),
  })
  .describe(
    'How a page looks once the session has ended; any one of these says so. A sign-in form does always.',
  );

const refusal = selectorSchema.optional().describe('The text that says why a sign-in was refused.');

const header = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w-]+$/, 'takes letters, digits, _ and -')
      .describe('Its name.'),
    value: slottedText(['token']).describe('What it says, with `{token}` in it.'),
  })
  .default({ name: 'Authorization', value: 'Bearer {token}' })
  .describe('The header that carries the token from then on, to the album’s own host alone.');

const secrets = ['username', 'password'];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
const jsonBody: z.ZodType<Json> = z.lazy(() =>
  z.union([
    slottedText(secrets),
    z.literal(''),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonBody),
    z.record(z.string(), jsonBody),
  ]),
);

/** How one signs in to a site. */
export const signInSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none').describe('The album is open to all.') }),
  z.strictObject({
    by: z
      .literal('basic')
      .describe('HTTP Basic: the user name and password that a browser asks for in a window.'),
  }),
  z.strictObject({
    by: z.literal('form').describe('A form, as a browser would send it.'),
    page: siteAddress.describe('Where the form is shown, relative to the album’s address.'),
    form: selectorSchema.describe(
      'The form among those of its page. A page that has it is one for those who are signed out.',
    ),
    fields: z
      .record(z.string().min(1), z.union([slottedText(secrets), z.literal('')]))
      .describe(
        'What is filled in: names of fields with values, `{username}` and `{password}` among them. Hidden fields are sent along by themselves.',
      ),
    refusal,
    proof: z
      .union([
        z.literal('redirect').describe('It is answered with a redirect that leads to no form.'),
        selectProof,
        cookieProof,
      ])
      .describe('What a good sign-in is known by.'),
    signedOut: signedOut.optional(),
  }),
  z.strictObject({
    by: z.literal('json').describe('A request with JSON in it.'),
    page: siteAddress.describe('Where the request goes, relative to the album’s address.'),
    body: z
      .record(z.string(), jsonBody)
      .describe('What is sent, with `{username}` and `{password}` in it.'),
    refusal,
    token: selectorSchema.optional().describe('Where the answer holds a token, such as `$.token`.'),
    header,
    proof: z
      .union([selectProof, cookieProof])
      .optional()
      .describe('What a good sign-in is known by, beside a status below 400 and the token.'),
    signedOut: signedOut.default({ status: [401] }),
  }),
  z.strictObject({
    by: z
      .literal('pasted')
      .describe('A cookie or a token that the person copies from a browser that is signed in.'),
    header,
    signedOut: signedOut.default({ status: [401, 403] }),
  }),
]);
type SignInRule = z.infer<typeof signInSchema>;
export type SignInForm = Extract<SignInRule, { by: 'form' }>;
export type SignInJson = Extract<SignInRule, { by: 'json' }>;
