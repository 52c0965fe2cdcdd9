/** The path of the site's pictures on the image host. */
const imagePath = '/d2e6lg84of5d93.cloudfront.net/';

/** What an image address asks for. */
export interface ImageAddress {
  readonly kind: 'original' | 'thumbnail';
  readonly id: string;
  readonly version: string;
}

/** What a site address asks for. */
export type SiteAddress =
  | { readonly kind: 'sign-in' | 'sign-out' }
  /** `page` counts from 1. */
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'unknown' };

/** Returns the address of a photo's thumbnail or original. `imageUrl` ends in a slash. */
export function imageAddress(imageUrl: string, { kind, id, version }: ImageAddress): string {
  const letter = kind === 'original' ? 'a' : 't';
  return `${imageUrl}${imagePath.slice(1)}26~${letter}~${id}~${version}.jpg`;
}

/** Reads a path of the image host; undefined if it is no picture's path. */
export function readImagePath(path: string): ImageAddress | undefined {
  if (!path.startsWith(imagePath)) return undefined;
  const name = path.slice(imagePath.length).replaceAll('%7E', '~').replaceAll('%7e', '~');
  const parts = /^26~([at])~([0-9a-f-]{36})~(\d+)\.jpg$/.exec(name);
  if (!parts?.[2] || !parts[3]) return undefined;
  return { kind: parts[1] === 'a' ? 'original' : 'thumbnail', id: parts[2], version: parts[3] };
}

/** Reads a path of the site, query string included. */
export function readSitePath(target: string): SiteAddress {
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  const asset = /^\/Content\/Images\/([\w-]+)\.png$/.exec(path);
  if (asset?.[1]) return { kind: 'asset', name: asset[1] };
  if (path === '/') return { kind: 'sign-in' };
  if (path === '/Account/LogOff') return { kind: 'sign-out' };
  if (path !== '/Frame/AllPictures') return { kind: 'unknown' };
  const page = Number(new URLSearchParams(query).get('p') ?? 1);
  return { kind: 'page', page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}
