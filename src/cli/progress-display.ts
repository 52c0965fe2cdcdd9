import type { CrawlProgress } from '../crawl/progress.js';
import { bytesInWords, numberInWords } from '../text/in-words.js';
import { showBar, timeLeft } from './progress-bar.js';
import type { Terminal } from './terminal.js';

/** Shows a crawl's progress until the function that it returns is called. */
export function showProgress(terminal: Terminal, progress: CrawlProgress): () => void {
  const begun = performance.now();
  return showBar(terminal, () => {
    const { pages, listed, saved, alreadyHad, failed, bytes, thumbnails } = progress;
    const tried = saved + failed;
    const done = alreadyHad + tried;
    const total = Math.max(listed, done);
    const pace = `${numberInWords((tried * 1000) / (performance.now() - begun))}/s`;
    const left = `${timeLeft(begun, tried, total - alreadyHad)} left`;
    const measured = thumbnails > 0 ? ` · ${numberInWords(thumbnails)} thumbnails measured` : '';
    const size = bytesInWords(bytes);
    return {
      done,
      total,
      beside: `photos · ${pages} pages · ${size} · ${pace} · ${left}${measured}`,
      line: `${pages} pages · ${listed} photos listed · ${saved} saved (${size}) · ${alreadyHad} already had · ${failed} failed · ${pace} · ${left}${measured}`,
    };
  });
}
