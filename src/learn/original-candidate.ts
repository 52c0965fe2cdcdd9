import type { WrittenRule } from './written-rule.js';

/**
 * How sure it is that a rule finds the original of every photo, where several find the same: 0, an
 * address in the row; 1, a rewriting that keeps the file's whole name; 2, a link on the photo's own page
 * that says what it is; 3, a rewriting; 4, something else on that page; 5, the thumbnail itself.
 */
export type Sureness = 0 | 1 | 2 | 3 | 4 | 5;

/** A rule that may find the originals. */
export interface OriginalCandidate {
  rule: WrittenRule;
  sureness: Sureness;
  /** The original's full address by this rule; undefined where the row gives none. */
  url(row: number): Promise<string | undefined>;
}
