// Shows how the cost of a photo grows with the album: npm run growth -- [--photos N]
import { parseArgs } from 'node:util';
import { escapeFigures } from './escape-figures.js';
import { shown, table } from './table.js';

const { values } = parseArgs({ options: { photos: { type: 'string', default: '100000' } } });
const photos = Number(values.photos);
if (!Number.isInteger(photos) || photos < 100) {
  throw new RangeError('--photos has to be a whole number of at least 100.');
}
const fewPhotos = Math.min(1000, Math.floor(photos / 10));

const albums = [await escapeFigures(fewPhotos), await escapeFigures(photos)] as const;
const [small, large] = albums;
const lastToFirst = (large.tenths.at(-1) ?? Number.NaN) / (large.tenths[0] ?? Number.NaN);
const moreMegabytes = (run: 'first' | 'second') =>
  shown(large[run].peakMegabytes - small[run].peakMegabytes, 0);

process.stdout.write(
  table([
    ['photos', shown(fewPhotos), shown(photos), 'wanted'],
    ['first run: seconds', ...albums.map(({ first }) => shown(first.seconds, 1))],
    ['  originals asked for', ...albums.map(({ first }) => shown(first.originals))],
    ['  listing pages', ...albums.map(({ first }) => shown(first.pages))],
    ...Array.from({ length: 10 }, (_, tenth) => [
      `  photos/s, tenth ${tenth + 1}`,
      ...albums.map(({ tenths }) => shown(tenths[tenth] ?? Number.NaN, 0)),
    ]),
    ['  last tenth / first tenth', '', shown(lastToFirst), '≥ 0.9'],
    ['  peak memory, MB', ...albums.map(({ first }) => shown(first.peakMegabytes, 0))],
    ['  more than the small album, MB', '', moreMegabytes('first'), '≤ 40'],
    ['second run: seconds', ...albums.map(({ second }) => shown(second.seconds, 1))],
    ['  originals asked for', ...albums.map(({ second }) => shown(second.originals)), '0'],
    ['  listing pages', ...albums.map(({ second }) => shown(second.pages))],
    ['  peak memory, MB', ...albums.map(({ second }) => shown(second.peakMegabytes, 0))],
    ['  more than the small album, MB', '', moreMegabytes('second'), '≤ 40'],
    [
      '  to the first request, s',
      ...albums.map(({ second }) => shown(second.secondsToFirstRequest)),
    ],
    ['open the storage, ms', ...albums.map((album) => shown(album.openMilliseconds, 1)), '< 1,000'],
  ]),
);
