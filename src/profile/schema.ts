import * as z from 'zod';
import { type PhotoText, photoTexts } from '../album/photo.js';
import { webAddress } from '../text/web-address.js';
import { checkRules } from './check-rules.js';
import { field, type fieldSchema, ruleSchema } from './field-schema.js';
import { siteHeaders } from './headers-schema.js';
import { listingSchema } from './listing-schema.js';
import { selectorSchema } from './selector-schema.js';
import { signInSchema } from './sign-in-schema.js';

const textMeanings: Record<PhotoText, string> = {
  title: 'Its title.',
  caption: 'The text below it.',
  sender: 'Who sent or posted it.',
  fileName: 'The file’s name on the site.',
  date: 'When it was taken or sent.',
  uploadedAt: 'When it was uploaded. The time zone must be known.',
  rotation: 'How the site rotates it for display.',
};

const textFields = Object.fromEntries(
  photoTexts.map((name) => [name, field(textMeanings[name]).optional()]),
) as Record<PhotoText, z.ZodOptional<typeof fieldSchema>>;

const columnsSchema = z.strictObject({
  columns: z
    .record(
      z.string().regex(/^[a-zA-Z_]\w*$/, 'takes letters, digits and _ in names'),
      selectorSchema,
    )
    .describe(
      'JSON with a list for each value of the photos instead of a list of photos: a name and the path of its list, such as `id: $.ids`. Fields then read `$.id`. All lists must have the same length.',
    ),
});

const itemSchema = z
  .strictObject({
    row: z
      .union([selectorSchema, columnsSchema])
      .describe('One element, or one place in JSON, for each photo.'),
    where: field(
      'Only rows in which it finds a value count, such as `{ select: $.type, filters: [match: ^photo$] }`.',
    ).optional(),
    looksLike: selectorSchema
      .optional()
      .describe('Something that looks like a photo. A page that has it but no row is an error.'),
    id: field('The site’s identifier of the photo. It must never change.'),
    version: field('A value that changes when the picture changes.').optional(),
    thumbnail: field('The thumbnail’s address.').optional(),
    detail: field(
      'The address of the photo’s own page. For a row without one, the candidates that it has count.',
    ).optional(),
    original: z
      .array(ruleSchema)
      .min(1)
      .describe('The original’s address: candidates, best first. The first that exists is saved.'),
    ...textFields,
  })
  .meta({ id: 'item' });
export type ItemRule = z.infer<typeof itemSchema>;

const limitsSchema = z.strictObject({
  requestsPerMinute: z
    .number()
    .positive()
    .max(1_000_000)
    .optional()
    .describe('Most requests per minute.'),
  delay: z.number().positive().max(3600).optional().describe('Seconds between two requests.'),
  concurrency: z.number().int().min(1).max(64).optional().describe('Most requests at once.'),
  albums: z
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Most albums of the host at once, over all machines of a fleet.'),
});

/** A profile: the rules of a site. Unknown keys are errors. */
export const profileSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'takes lower-case letters, digits and hyphens')
      .describe('The profile’s name.'),
    title: z.string().min(1).describe('The site’s name, for display.'),
    url: webAddress
      .optional()
      .describe(
        'The album’s address, if it is the same for everyone. Otherwise the user sets ALBUM_URL.',
      ),
    headers: siteHeaders
      .prefault({})
      .describe(
        'Further headers of all requests to the album’s own host, such as Accept-Language. Headers that the program or the connection sets are refused.',
      ),
    signIn: signInSchema.describe('How to sign in.'),
    listing: listingSchema.prefault({}).describe('Where photos are listed.'),
    item: z
      .union([itemSchema, z.array(itemSchema).min(1)])
      .describe(
        'What to read of each photo. A list where a page has several kinds, such as photos and films: each with its own row and rules. A row that several of them find is the first one’s.',
      ),
    limits: limitsSchema
      .prefault({})
      .describe(
        'What the site asks of its visitors. The stricter of these limits and the user’s settings applies.',
      ),
  })
  .superRefine(checkRules, { when: () => true });

export type Profile = z.infer<typeof profileSchema>;
