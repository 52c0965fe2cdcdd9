/** A request that reads a page. */
export interface ReadingRequest {
  url: string;
  /** What is posted to read it; missing where it is fetched with GET. */
  body?: PostedBody;
}

/** What a request posts. */
export interface PostedBody {
  text: string;
  /** Its content type. */
  type: string;
}

/**
 * The parts of a request that posts, beside its address. Every request but GET and HEAD says where it
 * comes from (Fetch, section 3.2).
 */
export function posting({ url, body }: ReadingRequest) {
  if (body === undefined) return {};
  const headers = { 'content-type': body.type, origin: new URL(url).origin };
  return { method: 'POST' as const, body: Buffer.from(body.text), headers };
}
