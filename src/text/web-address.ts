import { z } from 'zod';

/**
 * An http or https address, normalised. It may not contain a user name or password, since addresses
 * are written to the storage folder and to exports.
 */
export const webAddress = z
  .url({
    protocol: /^https?$/,
    abort: true,
    error: 'must be an http or https address, such as https://example.com/',
  })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'must not have a user name or password in it',
  })
  .transform((text) => new URL(text).href);
