import type { Look } from '../../src/learn/look.js';
import type { Credentials } from '../../src/session/sign-in-site.js';
import { SiteVisit } from '../../src/visit/site-visit.js';

/** A look at a test server, with the visit behind it. */
export interface OpenLook {
  look: Look;
  visit: SiteVisit;
}

/** Looks at a site while `work` runs. */
export async function withLook<Result>(
  siteUrl: string,
  work: (open: OpenLook) => Promise<Result>,
  credentials: Credentials = { username: '', password: '' },
): Promise<Result> {
  const visit = new SiteVisit({
    account: { siteUrl, username: credentials.username },
    credentials,
    maxPerMinute: undefined,
    userAgent: 'photo-escape (test)',
    idleTimeout: 5000,
    proxies: { except: '' },
    signal: new AbortController().signal,
  });
  const look: Look = {
    page: (request) => visit.fetchPage(request),
    picture: (url) => visit.fetchPicture(url),
    left: 60,
  };
  try {
    return await work({ look, visit });
  } finally {
    visit.close();
  }
}
