import * as z from 'zod';
import { signInHeaders } from './headers-schema.js';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema, siteAddress, slottedText } from './selector-schema.js';
import { jsonWith, stepSchema } from './sign-in-step-schema.js';

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

const proof = z.union([
  z.literal('redirect').describe('A redirect to a page without the form.'),
  selectProof,
  cookieProof,
]);

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

function headersOf({ name, value }: z.infer<typeof header>): Record<string, string> {
  return { [name.toLowerCase()]: value };
}

const secrets = ['username', 'password'];

const jsonBody = jsonWith(z.union([slottedText(secrets), z.literal('')]));

const json = z.strictObject({
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
});

const pasted = z.strictObject({
  by: z
    .literal('pasted')
    .describe('With a cookie or token that you copy from a signed-in browser.'),
  header,
  signedOut: signedOut.default({ status: [401, 403] }),
});

/** How to sign in to a site. One request of JSON is a sign-in of one step. */
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
    proof: proof.describe('How to recognise a successful sign-in.'),
    signedOut: signedOut.optional(),
  }),
  json.transform(({ page, body, refusal, token, header, ...rest }) => ({
    ...rest,
    by: 'steps' as const,
    steps: [
      stepSchema.parse({
        post: page,
        json: body,
        refusal,
        take: token === undefined ? {} : { token: { select: token } },
      }),
    ],
    headers: token === undefined ? {} : headersOf(header),
    query: {},
  })),
  z.strictObject({
    by: z
      .literal('steps')
      .describe(
        'By several requests, one after the other. Their texts and addresses may hold `{username}`, `{password}`, `{code}` (a one-time code: ALBUM_CODE, or asked for on the terminal) and the `{name}` of every value that a step before has taken.',
      ),
    steps: z.array(stepSchema).min(1).describe('The requests, in order.'),
    headers: signInHeaders
      .prefault({})
      .describe(
        'Headers of all later requests, such as `Authorization: Bearer {token}`. They go to the album’s own host only.',
      ),
    query: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe(
        'Parameters in the address of all later requests, such as a nonce. They go to the album’s own host only.',
      ),
    proof: proof
      .optional()
      .describe(
        'How to recognise a successful sign-in, in addition to statuses below 400 and the values taken.',
      ),
    signedOut: signedOut.default({ status: [401] }),
  }),
  pasted.transform(({ header, ...rest }) => ({ ...rest, headers: headersOf(header) })),
]);
type SignInRule = z.infer<typeof signInSchema>;
export type SignInForm = Extract<SignInRule, { by: 'form' }>;
export type SignInSteps = Extract<SignInRule, { by: 'steps' }>;
