/** The album of recordings that are made up. */
export const origin = 'https://album.example';

/** A request and its answer, as far as a test says what they are. */
export interface Entry {
  method?: string;
  path: string;
  sent?: Record<string, string>;
  postData?: object;
  cookies?: object[];
  status?: number;
  headers?: Record<string, string>;
  setCookies?: object[];
  content?: object;
}

export const named = (values: Record<string, string> = {}) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
export const html = (text: string) => ({
  mimeType: 'text/html; charset=utf-8',
  text,
  size: text.length,
});
export const json = (value: unknown) => ({
  mimeType: 'application/json',
  text: JSON.stringify(value),
});

/** A recording as a browser of this name writes it. */
export function har(browser: string, entries: readonly Entry[], site = origin): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: browser, version: '1' },
      pages: [{ id: 'page_1', title: 'Album', startedDateTime: '2016-07-03T14:05:00.000Z' }],
      entries: entries.map((entry) => ({
        startedDateTime: '2016-07-03T14:05:00.000Z',
        time: 12,
        request: {
          method: entry.method ?? 'GET',
          url: `${site}${entry.path}`,
          httpVersion: 'HTTP/2',
          headers: named(entry.sent),
          cookies: entry.cookies ?? [],
          queryString: [],
          ...(entry.postData && { postData: entry.postData }),
        },
        response: {
          status: entry.status ?? 200,
          statusText: '',
          headers: named(entry.headers),
          cookies: entry.setCookies ?? [],
          content: entry.content ?? { size: 0, mimeType: 'x-unknown' },
          redirectURL: entry.headers?.Location ?? '',
        },
        cache: {},
        timings: { send: 0, wait: 0, receive: 0 },
      })),
    },
  });
}
