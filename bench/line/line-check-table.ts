import { shown, table } from '../table.js';
import type { LineCheck } from './line-check.js';

/** What the relay carried beside what the line is to carry, as a table for a terminal. */
export function lineCheckTable({ line, counted, curl = [], smallAnswer }: LineCheck): string {
  const megabits = (bits: number) => shown(bits / 1e6);
  const rate = (who: string) => (row: LineCheck['counted'][number]) => [
    `${who}, ${row.connections} at once: Mbit/s`,
    megabits(row.bitsPerSecond),
    megabits(line.bitsPerSecond),
  ];
  return table([
    ['the line', 'measured', 'set'],
    ...counted.map(rate('bytes counted')),
    ...curl.map(rate('curl')),
    ...(smallAnswer === undefined
      ? []
      : [
          [
            'curl, a byte on a new connection: ms',
            shown(smallAnswer.onNewConnection, 1),
            shown(2 * line.roundTrip),
          ],
          [
            'curl, a byte on an open connection: ms',
            shown(smallAnswer.onOpenConnection, 1),
            shown(line.roundTrip),
          ],
        ]),
  ]);
}
