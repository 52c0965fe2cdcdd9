import { z } from 'zod';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema, siteAddress, slottedText } from './selector-schema.js';

const selectProof = z.strictObject({
  page: siteAddress
    .optional()
    .describe('The page to check. Default: the page that signing in leads to.'),
  select: selectorSchema.describe('Found only when signed in.'),
});
const cookieProof = z.strictObject({
  cookie: expressionSchema.describe(
    'A regular expression for the name of a cookie that a successful sign-in sets.',
  ),
});

const signedOut = z
  .strictObject({
    select: selectorSchema.optional().describe('Found only when signed out.'),
    status: z
      .array(z.number().int().min(200).max(499))
      .optional()
      .describe('HTTP statuses of such an answer.'),
    redirect: expressionSchema
      .optional()
      .describe('A regular expression for the address that the site then redirects to.'),
  })
  .describe(
    'How to recognise that the session has ended: any one of these is enough. The sign-in form always counts.',
  );

const refusal = selectorSchema
  .optional()
  .describe('The text that says why the sign-in was refused.');

const header = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w-]+$/, 'takes letters, digits, _ and -')
      .describe('The header’s name.'),
    value: slottedText(['token']).describe('The header’s value, with `{token}` in it.'),
  })
  .default({ name: 'Authorization', value: 'Bearer {token}' })
  .describe(
    'The header that carries the token in later requests. It is sent to the album’s own host only.',
  );

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

/** How to sign in to a site. */
export const signInSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none').describe('The album is public.') }),
  z.strictObject({
    by: z
      .literal('basic')
      .describe('By HTTP Basic: the user name and password that a browser asks for in a window.'),
  }),
  z.strictObject({
    by: z.literal('form').describe('By a form, as a browser sends it.'),
    page: siteAddress.describe('The page with the form, relative to the album’s address.'),
    form: selectorSchema.describe('The form. A page that has it means “signed out”.'),
    fields: z
      .record(z.string().min(1), z.union([slottedText(secrets), z.literal('')]))
      .describe(
        'The form’s fields with their values, such as `{username}` and `{password}`. What the page has filled in already is sent as it is.',
      ),
    button: selectorSchema
      .optional()
      .describe('The button to press. Without it, the form’s first button that submits it.'),
    refusal,
    proof: z
      .union([
        z.literal('redirect').describe('A redirect to a page without the form.'),
        selectProof,
        cookieProof,
      ])
      .describe('How to recognise a successful sign-in.'),
    signedOut: signedOut.optional(),
  }),
  z.strictObject({
    by: z.literal('json').describe('By a JSON request.'),
    page: siteAddress.describe('The request’s address, relative to the album’s address.'),
    body: z
      .record(z.string(), jsonBody)
      .describe('The JSON to send, with `{username}` and `{password}` in it.'),
    refusal,
    token: selectorSchema.optional().describe('The token in the answer, such as `$.token`.'),
    header,
    proof: z
      .union([selectProof, cookieProof])
      .optional()
      .describe(
        'How to recognise a successful sign-in, in addition to a status below 400 and the token.',
      ),
    signedOut: signedOut.default({ status: [401] }),
  }),
  z.strictObject({
    by: z
      .literal('pasted')
      .describe('With a cookie or token that you copy from a signed-in browser.'),
    header,
    signedOut: signedOut.default({ status: [401, 403] }),
  }),
]);
type SignInRule = z.infer<typeof signInSchema>;
export type SignInForm = Extract<SignInRule, { by: 'form' }>;
export type SignInJson = Extract<SignInRule, { by: 'json' }>;
