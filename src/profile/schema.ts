import { z } from 'zod';
import { webAddress } from '../text/web-address.js';
import { checkRules } from './check-rules.js';
import { field, fieldSchema } from './field-schema.js';
import { listingSchema } from './listing-schema.js';
import { selectorSchema } from './selector-schema.js';
import { signInSchema } from './sign-in-schema.js';

const itemSchema = z.strictObject({
  row: selectorSchema.describe('One element, or one place in JSON, for each photo.'),
  looksLike: selectorSchema
    .optional()
    .describe('What looks like a photo; found on a page without a single row, it is an error.'),
  id: field('What the site knows the photo by. It has to stay the same for ever.'),
  version: field('A mark that changes when the picture does.').optional(),
  thumbnail: field('The address of the small picture.').optional(),
  detail: field('The address of a page of the photo’s own.').optional(),
  original: z
    .array(fieldSchema)
    .min(1)
    .describe(
      'The address of the original: candidates, the best first; the first that exists counts.',
    ),
  title: field('Its title.').optional(),
  caption: field('What is written beneath it.').optional(),
  sender: field('Who sent or posted it.').optional(),
  fileName: field('The site’s own name of the file.').optional(),
  date: field('When it was taken or sent.').optional(),
  uploadedAt: field('When it came to the site: a moment, so its zone has to be known.').optional(),
  rotation: field('How the site turns it when it shows it.').optional(),
});
export type ItemRule = z.infer<typeof itemSchema>;

const limitsSchema = z.strictObject({
  requestsPerMinute: z
    .number()
    .positive()
    .max(1_000_000)
    .optional()
    .describe('Requests a minute at the most.'),
  delay: z.number().positive().max(3600).optional().describe('Seconds between two requests.'),
  concurrency: z.number().int().min(1).max(64).optional().describe('Requests at once.'),
});

/** A site, as a profile file describes it. Unknown keys are errors. */
export const profileSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'takes small letters, digits and hyphens')
      .describe('The name that `--profile` takes.'),
    title: z.string().min(1).describe('The name for people.'),
    url: webAddress
      .optional()
      .describe('The album’s address, where it is the same for everyone; else ALBUM_URL gives it.'),
    signIn: signInSchema.describe('How one signs in.'),
    listing: listingSchema.prefault({}).describe('Where photos are listed.'),
    item: itemSchema.describe('What is read of each photo.'),
    limits: limitsSchema
      .prefault({})
      .describe('What the site asks for. The stricter of these and the user’s settings counts.'),
  })
  .superRefine(checkRules, { when: () => true });

export type Profile = z.infer<typeof profileSchema>;
