/** A part of a profile that was worked out from the site. */
export interface LearnedRule {
  /** Its place in the profile, with dots: `listing.next`, `item.thumbnail`. */
  place: string;
  /** What stands there, as in a profile file. */
  rule: unknown;
  /** What it was seen on, in words: `48 of 48 rows`, `page 2 of 3`. */
  seenOn: string;
  /** Whether it may be wrong: it is marked in the profile. */
  isUncertain?: true;
}
