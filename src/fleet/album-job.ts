import type { CrawlProgress } from '../crawl/progress.js';
import type { Ending } from '../errors.js';
import type { FailedPhoto } from '../rescue/closing.js';

export interface AlbumJob {
  id: string;
  profile: string;
  url: string;
  username: string;
}

export interface Attempt {
  generation: string;
  attempt: number;
  lost: AbortSignal;
  stop: AbortSignal;
  onProgress(progress: Readonly<CrawlProgress>): void;
}

export interface AlbumEnd {
  ending: Ending;
  counts: { listed: number; saved: number; failed: number } | undefined;
  doubts: readonly string[];
  failures: readonly FailedPhoto[];
  cause: string | undefined;
  pause: number | undefined;
}
