import type { CrawlProgress } from '../crawl/progress.js';
import { bytesInWords } from '../text/in-words.js';
import { showBar, timeLeft } from './progress-bar.js';
import type { Terminal } from './terminal.js';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Shows a crawl's progress until the function that it returns is called. */
export function showProgress(terminal: Terminal, progress: CrawlProgress): () => void {
  const begun = performance.now();
  return showBar(terminal, () => {
    const { pages, listed, saved, alreadyHad, failed, bytes, thumbnails } = progress;
    const tried = saved + failed;
    const done = alreadyHad + tried;
    const total = Math.max(listed, done);
    const pace = `${number.format((tried * 1000) / (performance.now() - begun))}/s`;
    const left = `${timeLeft(begun, tried, total - alreadyHad)} left`;
    const measured = thumbnails > 0 ? ` · ${number.format(thumbnails)} thumbnails measured` : '';
    const size = bytesInWords(bytes);
    return {
      done,
      total,
      beside: `photos · ${pages} pages · ${size} · ${pace} · ${left}${measured}`,
      line: `${pages} pages · ${listed} photos listed · ${saved} saved (${size}) · ${alreadyHad} already had · ${failed} failed · ${pace} · ${left}${measured}`,
    };
  });
}
