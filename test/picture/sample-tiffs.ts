import { filler } from './sample-films.js';

type Order = 'II' | 'MM';
/** A field of numbers of 32 bits. */
type Field = readonly [tag: number, ...values: number[]];

function numbers(order: Order, length: 2 | 4, values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * length);
  values.forEach((value, index) => {
    if (order === 'II') bytes.writeUIntLE(value, index * length, length);
    else bytes.writeUIntBE(value, index * length, length);
  });
  return bytes;
}

/** Bytes of a directory and of the values that stand behind it. */
function directoryLength(fields: readonly Field[]): number {
  const outside = fields.map((field) => (field.length > 2 ? (field.length - 1) * 4 : 0));
  return outside.reduce((sum, length) => sum + length, 2 + fields.length * 12 + 4);
}

/** A directory at an offset; behind it the values of fields that have several. */
function directory(order: Order, at: number, fields: readonly Field[], next = 0): Buffer {
  const parts: Buffer[] = [numbers(order, 2, [fields.length])];
  const outside: Buffer[] = [];
  let behind = at + 2 + fields.length * 12 + 4;
  for (const [tag, ...values] of fields) {
    const isOutside = values.length > 1;
    parts.push(numbers(order, 2, [tag, 4]));
    parts.push(numbers(order, 4, [values.length, isOutside ? behind : (values[0] ?? 0)]));
    if (!isOutside) continue;
    outside.push(numbers(order, 4, values));
    behind += values.length * 4;
  }
  return Buffer.concat([...parts, numbers(order, 4, [next]), ...outside]);
}

const header = (order: Order, first: number): Buffer =>
  Buffer.concat([Buffer.from(order), numbers(order, 2, [42]), numbers(order, 4, [first])]);

const strip = filler(3000);
const size: readonly Field[] = [
  [256, 100],
  [257, 60],
];

/** A TIFF of two strips, whose directory is behind them. */
export function tiffWithDirectoryLast(order: Order): Buffer {
  const fields: Field[] = [...size, [273, 8, 3008], [279, 3000, 3000]];
  return Buffer.concat([header(order, 6008), strip, strip, directory(order, 6008, fields)]);
}

/** A TIFF of two pages, each with its directory before its strips; the second one is tiled. */
export function tiffOfTwoPages(order: Order): Buffer {
  const fields = (offsets: number, byteCounts: number, at: number): Field[] => [
    ...size,
    [offsets, at, at + 3000],
    [byteCounts, 3000, 3000],
  ];
  const length = directoryLength(fields(273, 279, 0));
  const second = 8 + length + 6000;
  return Buffer.concat([
    header(order, 8),
    directory(order, 8, fields(273, 279, 8 + length), second),
    ...[strip, strip],
    directory(order, second, fields(324, 325, second + length)),
    ...[strip, strip],
  ]);
}

/** A DNG: a preview first, and the raw picture in a directory of its own, its one strip last. */
export function dng(order: Order): Buffer {
  const fields = (sub: number, preview: number): Field[] => [
    ...size,
    [273, preview],
    [279, 3000],
    [330, sub],
    [50706, 0x01040000],
  ];
  const length = directoryLength(fields(0, 0));
  const sub = 8 + length + 3000;
  const raw = (at: number): Field[] => [...size, [273, at], [279, 3000]];
  return Buffer.concat([
    header(order, 8),
    directory(order, 8, fields(sub, 8 + length)),
    strip,
    directory(order, sub, raw(sub + directoryLength(raw(0)))),
    strip,
  ]);
}

/** A TIFF of one strip, whose offset and byte count are as given. */
export function tiffOfOneStrip(offset: number, byteCount: number): Buffer {
  const fields: Field[] = [...size, [273, offset], [279, byteCount]];
  return Buffer.concat([header('II', 8), directory('II', 8, fields), strip]);
}
