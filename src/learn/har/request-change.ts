import type { RequestLeaf } from './request-leaves.js';

/** How the pages of a recording follow each other. */
export interface RecordedNext {
  /** The rule of `listing.next`. */
  rule: Record<string, unknown>;
  /** The parts of the request that change from page to page, each with the slot that stands for it. */
  slots: ReadonlyMap<string, { leaf: RequestLeaf; slot: 'number' | 'cursor' | 'from' | 'until' }>;
  seenOn: string;
  isUncertain?: true;
  /** Of windows of time: the first day of one that was seen to list photos, such as 2016-07-01. */
  seenDay?: string;
}

/** A part of a request that is another one, or was not there, in the request before. */
export interface Change {
  leaf: RequestLeaf;
  before: RequestLeaf | undefined;
}
