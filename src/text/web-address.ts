import * as z from 'zod';

/** An http or https address, perhaps with a user name and a password in it, as a person gives it. */
export const personalAddress = z.url({
  protocol: /^https?$/,
  abort: true,
  error: 'must be an http or https address, such as https://example.com/',
});

/**
 * An http or https address, normalised. It may not contain a user name or password, since addresses
 * are written to the storage folder and to exports.
 */
export const webAddress = personalAddress
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'must not have a user name or password in it',
  })
  .transform((text) => new URL(text).href);
