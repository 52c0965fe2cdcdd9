import { z } from 'zod';
import { webAddress } from '../web-address.js';
import { parsePage } from './page.js';

/** How a date is written where a profile's field reads one. */
const dateFormats = ['dotnet-ticks'] as const;

const selector = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      parsePage('')(text);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `is no CSS selector: ${(error as Error).message}`,
      });
    }
  });
const path = z.string().regex(/^\//, 'must begin with / (a path on the site)');

const regularExpression = z.string().superRefine((text, context) => {
  try {
    new RegExp(text, 'u');
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const field = z.strictObject({
  /** Attribute of the row's element that holds the value. */
  attribute: z.string().min(1),
  /** Regular expression; its first group (or the whole match) is the value. */
  match: regularExpression.optional(),
  /** The value is a date written this way. */
  date: z.enum(dateFormats).optional(),
});
export type FieldRule = z.infer<typeof field>;

/** A site, as a profile file describes it. Unknown keys are errors. */
export const profileSchema = z.strictObject({
  /** The name that `--profile` takes. */
  name: z.string().regex(/^[a-z0-9-]+$/, 'takes small letters, digits and hyphens'),
  /** The name for people. */
  title: z.string().min(1),
  /** The site's address. */
  url: webAddress,
  signIn: z.strictObject({
    /** Where the form is shown. */
    page: path,
    /** Selects the form; a page that has it is a page for those who are signed out. */
    form: selector,
    /** Names of the form's fields. */
    usernameField: z.string().min(1),
    passwordField: z.string().min(1),
    /** Selects the text that says why a sign-in was refused. */
    error: selector.optional(),
    /** What a good sign-in is known by: `redirect`, or a selector found only when signed in. */
    proof: z.union([z.literal('redirect'), z.strictObject({ mark: selector })]),
  }),
  listing: z.strictObject({
    /** The first page of thumbnails. */
    page: path,
    /** Query parameter that takes the number of a page from the second on. */
    pageParameter: z.string().regex(/^[\w.-]+$/, 'takes letters, digits, _ . and -'),
    /**
     * Selects what every listing page shows, one without photos too. A walk does not take an album
     * for empty by a page that lacks it.
     */
    mark: selector.optional(),
    /** Pages of one walk at the most, against pages without end. */
    mostPages: z.number().int().positive().default(20_000),
  }),
  item: z.strictObject({
    /** Selects one element for each photo. */
    row: selector,
    /** Selects what looks like a photo; found on a page without a single row, it is an error. */
    looksLike: selector.optional(),
    thumbnail: field,
    id: field,
    version: field.optional(),
    uploadedAt: field.optional(),
    rotation: field.optional(),
  }),
  /** The original's address is the thumbnail's with one part replaced, once. */
  original: z.strictObject({ replace: z.string().min(1), with: z.string() }),
});

export type Profile = z.infer<typeof profileSchema>;
