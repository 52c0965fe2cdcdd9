import * as z from 'zod';

/** Headers that are not a profile's to set: those of the connection, of the session and of ranges. */
const reservedNames =
  /^(?:accept-encoding|connection|content-.*|cookie2?|expect|host|if-range|keep-alive|origin|proxy-.*|range|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent)$/;

const headersBut = (isReserved: (name: string) => boolean) =>
  z
    .record(
      // RFC 9110, sections 5.1 and 5.5.
      z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'is not the name of a header'),
      z.string().regex(/^[\t\x20-\x7e]+$/, 'takes a line of printable ASCII characters'),
    )
    .refine((headers) => !Object.keys(headers).some((name) => isReserved(name.toLowerCase())), {
      error: ({ input }) =>
        `must not set ${Object.keys(input as object)
          .filter((name) => isReserved(name.toLowerCase()))
          .join(', ')}`,
    })
    .transform((headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    );

/** Headers of a sign-in, which may authorize; their names come out in lower case. */
export const signInHeaders = headersBut((name) => reservedNames.test(name));

/** Headers of all requests to a site; their names come out in lower case. */
export const siteHeaders = headersBut(
  (name) => name === 'authorization' || reservedNames.test(name),
);
