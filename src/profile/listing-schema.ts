import * as z from 'zod';
import { field } from './field-schema.js';
import { nextSchema } from './next-schema.js';
import { postSchema } from './post-schema.js';
import { expressionSchema } from './regular-expression.js';
import { selectorSchema, siteAddress } from './selector-schema.js';

const json = z
  .union([
    z.strictObject({
      script: selectorSchema.describe('The `<script>` that holds it.'),
      match: expressionSchema
        .optional()
        .describe(
          'A regular expression for the JSON in the script’s text; its first group, or all of it.',
        ),
    }),
    z.strictObject({
      select: selectorSchema.describe('The element with an attribute that holds it.'),
      attribute: z.string().min(1).describe('The attribute, such as `data-photos`.'),
    }),
    z.strictObject({
      file: z
        .string()
        .min(1)
        .describe(
          'The address of a JSON file that is read instead of the page, relative to the page.',
        ),
    }),
  ])
  .describe('Where the JSON is, if it is not the page itself.');

const albumsMeaning = 'Albums that an index page, or an album, links to. None is read twice.';

const albums = z
  .strictObject({
    row: selectorSchema.describe('One element for each album that the page links to.'),
    link: field('The album’s address. It needs either this or `address`.').optional(),
    address: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The album’s address, with `{name}` for values of its own or of the albums around it, relative to the page.',
      ),
    values: z
      .record(
        z.string().regex(/^[a-zA-Z]+$/, 'takes letters'),
        field('A value of the album, by a name of your choice.'),
      )
      .optional()
      .describe(
        "Values of the album, such as its identifier, for `address`, for what is posted, and for the fields of its photos (`from: '{name}'`).",
      ),
    title: field('The album’s title, recorded with each of its photos.').optional(),
    get listing(): z.ZodOptional<typeof levelSchema> {
      return levelSchema
        .optional()
        .describe(
          'The rules of the pages inside, where they are not those of this page: any keys of `listing` but `start` and `mostPages`. This page then lists albums alone, and no photos.',
        );
    },
  })
  .meta({ id: 'albums' });

/** The rules of the pages of one level of albums. */
const levelSchema = z
  .strictObject({
    json: json.optional(),
    post: postSchema.optional(),
    mark: selectorSchema
      .optional()
      .describe(
        'Something found on every page of the listing, even one without photos. A page with neither it nor a photo is an error, not the end of the album. (With pages by number only the first page needs it, because sites differ in how they answer a number past the last page.)',
      ),
    albums: albums.optional().describe(albumsMeaning),
    title: field(
      'The album’s title as its own page has it, recorded with each of its photos where no album’s title leads there.',
    ).optional(),
    total: field(
      'Where the site itself says how many photos the album has. If fewer are listed, the album does not count as complete. What is read must have one number in it. Of a page that lists albums alone, it is the number of photos in all of them.',
    ).optional(),
    ignore: z
      .union([selectorSchema, z.array(selectorSchema).min(1)])
      .optional()
      .describe(
        'Elements, or places in JSON, that look like photos of the album or like links to its pages, and are not. They raise no doubt about the list being whole.',
      ),
    next: nextSchema
      .optional()
      .describe('How to find the next page; without it, an album has one page.'),
  })
  .meta({ id: 'level' });

/** Where photos are listed, and how to find the next page. */
export const listingSchema = z.strictObject({
  start: z
    .union([siteAddress, z.array(siteAddress).min(1)])
    .optional()
    .describe(
      'Where the photos are listed: one address or several, relative to the album’s. Default: the album’s address.',
    ),
  ...levelSchema.shape,
  albums: albums.optional().describe(albumsMeaning),
  mostPages: z
    .number()
    .int()
    .positive()
    .default(20_000)
    .describe('The most pages to read, in case a site’s pages never end.'),
});
export type AlbumsRule = z.infer<typeof albums>;
