import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { hasProcFiles } from './process-tree.js';

/** What a reader of the figures must know, in sentences. */
export function readingNotes(names: readonly ContenderName[]): string[] {
  const fromList = names.filter((name) => {
    const { list }: Contender = contenders[name];
    return list !== undefined;
  });
  const titles = fromList.map((name) => contenders[name].title).join('; ');
  return [
    'photo-escape runs with its default settings, 8 downloads at once. The others run with 16 where they can, and with 8 over a line and where every answer is delayed.',
    'Only photo-escape syncs every photo to the disk (fsync) before it counts it as saved; the others leave that to the system.',
    ...(fromList.length > 0
      ? [`From a list of the originals' addresses, without sign-in and pages: ${titles}.`]
      : []),
    ...(hasProcFiles
      ? []
      : ['Peak memory and CPU time are read from /proc, which only Linux has: not measured here.']),
  ];
}
