import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { hasProcFiles } from './process-tree.js';

/** What whoever reads the figures has to know, in sentences. */
export function readingNotes(names: readonly ContenderName[]): string[] {
  const fromList = names.filter((name) => {
    const { list }: Contender = contenders[name];
    return list !== undefined;
  });
  const titles = fromList.map((name) => contenders[name].title).join('; ');
  return [
    'photo-escape runs as it comes, with 8 downloads at once; the others with 16 where they can, and with 8 where every answer is late.',
    'photo-escape alone puts every photo on the disk (fsync) before it counts it as saved; the others leave that to the system.',
    ...(fromList.length > 0
      ? [`From a list of the originals' addresses, without sign-in and pages: ${titles}.`]
      : []),
    ...(hasProcFiles
      ? []
      : ['Peak memory and CPU time are read from /proc, which only Linux has: not measured here.']),
  ];
}
