/** Length of a text, in UTF-16 units, from which it is not read: a longer one is a sentence, and no label. */
export const longestLabel = 80;

/** A text without case, accents and punctuation: words of letters and digits, parted by spaces. */
export function plainWords(text: string): string {
  return text
    .slice(0, longestLabel)
    .normalize('NFKC')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** Alternatives of a regular expression for any of these words, the longest first. */
export function anyOf(words: readonly string[]): string {
  return [...new Set(words.map(plainWords))].sort((one, two) => two.length - one.length).join('|');
}
