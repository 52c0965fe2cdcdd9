/** A way in which software makes an original's address into a thumbnail's, the other way round. */
export interface Rewriting {
  match: string;
  with: string;
  all?: true;
}

/** What software and people call a smaller picture, in English, German, French, Spanish, Italian, Dutch, Polish. */
const words =
  'thumbs?|thumbnails?|thumb_?nails?|tn|th|small|medium|mini|square|preview|previews|resized|scaled|web|low|tiny|klein|mittel|vorschau|petit|petite|vignettes?|miniatures?|miniaturas?|pequen[ao]|piccol[aeio]|miniatur[aey]?|male';
/** What they call a larger one, the largest first. */
const largeWords = [
  'original',
  'originals',
  'full',
  'large',
  'gross',
  'groß',
  'grand',
  'grande',
  'groot',
  'duze',
  'big',
];
const sizeParameter =
  'w|h|width|height|size|s|q|quality|fit|crop|mode|resize|x|y|maxwidth|maxheight|max-?[wh]|sz|scale|dpr|thumb|thumbnail|preview|auto|fm';

/**
 * The rewritings that are known, the surest first. What some of them are made for: MediaWiki; Piwigo;
 * sizes in file names (WordPress and others); folders of thumbnails; Google Photos and Blogger;
 * Cloudinary; IIIF Image API 3.0, section 4.2; SmugMug; Chevereto; Kodak Pulse.
 */
const known: Rewriting[] = [
  { match: '/thumb/(.+)/[^/]+$', with: '/$1' },
  { match: '/_data/i/(.+)-(?:sq|th|me|sm|xs|2s|la|xl|xx|cu_[^/.]+)(\\.\\w+)$', with: '/$1$2' },
  {
    match: '/(?:full|square|[\\d,:pct]+)/[!^]?[\\d,:pct]+/(\\d+)/(\\w+)\\.',
    with: '/full/max/$1/$2.',
  },
  { match: '=(?:[swh]\\d+|w\\d+-h\\d+)(?:-[\\w-]+)*$', with: '=s0' },
  { match: '/s\\d{2,4}(?:-[a-z]+)?/(?=[^/]+$)', with: '/s0/' },
  { match: '/upload/(?:[a-z]{1,3}_[^/]+/)+', with: '/upload/' },
  { match: '/(?:[whqcgf]_[^/,]+,?)+/', with: '/' },
  { match: '/(\\w\\w?)/([^/]+)-\\1(\\.\\w+)$', with: '/O/$2-O$3' },
  { match: '/\\d+px-(?=[^/]+$)', with: '/' },
  { match: '~t~', with: '~a~' },
  { match: '~t~', with: '~o~' },
  { match: `/(?:[._]?(?:${words}))/[._]?(?:${words})[._-](?=[^/]+$)`, with: '/' },
  { match: `/[._]\\w+/[._]?(?:${words})[._-](?=[^/]+$)`, with: '/' },
  { match: `/[._]?(?:${words}|t|s|m)[._-](?=[^/]+$)`, with: '/' },
  { match: '-\\d{2,4}x\\d{2,4}(?=\\.\\w+$)', with: '' },
  { match: '-scaled(?=\\.\\w+$)', with: '' },
  { match: '[._-](?:th|md|thumb|tn|small|medium|preview)\\.(?=\\w+$)', with: '.' },
  { match: '[._-]\\d{2,4}(?:px|x\\d{2,4}|w)(?=\\.\\w+$)', with: '' },
  { match: '[._-](?:[a-z]|sq|xs|2s|la|xl)(?=\\.\\w+$)', with: '' },
  { match: '[._-]t(?=\\.\\w+$)', with: '_o' },
  { match: `(?<=[?&])(?:${sizeParameter})=[^&#]*&?`, with: '', all: true },
  {
    match: '(?<=[?&](?:size|type|variant|version|format|mode|kind|quality)=)\\w+',
    with: 'original',
  },
  { match: '(?<=[?&](?:size|type|variant|version|format|mode|kind|quality)=)\\w+', with: 'full' },
  { match: `/(?:${words})$`, with: '' },
  { match: `/(?:${words})$`, with: '/original' },
  { match: `/[._]?(?:${words}|large)/`, with: '/' },
  ...largeWords.map((word) => ({ match: `/[._]?(?:${words}|large)/`, with: `/${word}/` })),
  { match: '/(?:t|s|m)/', with: '/o/' },
  { match: '/(?:t|s|m)/', with: '/l/' },
  { match: '/\\d{2,4}(?:x\\d{2,4}|px)?/(?=[^/]+$)', with: '/' },
  { match: '/\\d{2,4}(?:x\\d{2,4}|px)?/(?=[^/]+$)', with: '/original/' },
];

/** Rewrites an address; undefined where the rewriting does not fit, or changes nothing. */
export function rewrite(
  url: string,
  { match, with: replacement, all }: Rewriting,
): string | undefined {
  const expression = new RegExp(match, all ? 'gu' : 'u');
  const rewritten = url.replace(expression, replacement);
  return rewritten === url || !URL.canParse(rewritten) ? undefined : rewritten;
}

/** The rewritings that fit some of the addresses, the surest first, each with another result. */
export function rewritingsFor(urls: readonly (string | undefined)[]): Rewriting[] {
  const seen = new Set<string>(urls.filter((url) => url !== undefined));
  return known.flatMap((rewriting) => {
    const results = urls.flatMap((url) => (url && rewrite(url, rewriting)) || []);
    const isNew = results.length > 0 && results.some((result) => !seen.has(result));
    for (const result of results) seen.add(result);
    return isNew ? [plainer(rewriting, urls)] : [];
  });
}

/** The same rewriting as a person would write it: with the very text, where that is always the same. */
function plainer(rewriting: Rewriting, urls: readonly (string | undefined)[]): Rewriting {
  const { match, with: replacement, all } = rewriting;
  const expression = new RegExp(match, 'u');
  const texts = new Set(urls.flatMap((url) => (url && expression.exec(url)?.[0]) || []));
  const [text] = texts;
  // Numbers are sizes, which another photo may have otherwise.
  const mayVary = texts.size > 1 || all || replacement.includes('$') || /\d/.test(text ?? '');
  if (text === undefined || mayVary) return rewriting;
  const isAtEnd = match.endsWith('$');
  const literal = { match: escaped(text) + (isAtEnd ? '$' : ''), with: replacement };
  const isSame = urls.every(
    (url) => url === undefined || rewrite(url, literal) === rewrite(url, rewriting),
  );
  return isSame ? literal : rewriting;
}

/** A regular expression for a text. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether an address still names the whole file of the other, so that its ending is no guess. */
export function keepsFileName(from: string, to: string): boolean {
  const file = new URL(to).pathname.split('/').at(-1) ?? '';
  return file !== '' && new URL(from).pathname.includes(file);
}
