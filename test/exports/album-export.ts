import fc from 'fast-check';
import type { AlbumCounts } from '../../src/album/counts.js';
import type { AlbumEntry } from '../../src/album/entries.js';
import type { AlbumExport } from '../../src/exports/album-export.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';

export const identity = {
  profile: 'kodak-pulse',
  url: 'https://www.kodakpulse.com/',
  username: 'anna@example.com',
};
export const exportedAt = '2026-11-22T10:00:00.000Z';

/** What an exporter gets of an album with these entries. */
export const albumOf = (entries: readonly AlbumEntry[]): AlbumExport => ({
  identity,
  exportedAt,
  entries,
  counts: countsOf(entries),
  doubts: [],
});

function countsOf(entries: readonly AlbumEntry[]): AlbumCounts {
  const count = (status: AlbumEntry['status'], isListed?: boolean) =>
    entries.filter(
      (entry) =>
        entry.status === status && (isListed === undefined || 'page' in entry.photo === isListed),
    ).length;
  return {
    listed: entries.filter(({ photo }) => 'page' in photo).length,
    saved: count('saved'),
    failed: count('failed'),
    pending: count('pending'),
    left: count('saved', false),
    lost: count('failed', false),
  };
}

const saved = listedPhoto('saved', 1, 1);
const failed = listedPhoto('failed', 1, 2);
const { page: _page, position: _position, ...left } = listedPhoto('left the album');

/** An album with a photo of each kind. */
export const oneOfEach: AlbumEntry[] = [
  { status: 'saved', photo: saved, outcome: savedOutcome(saved) },
  { status: 'failed', photo: failed, outcome: failedOutcome(failed) },
  { status: 'pending', photo: listedPhoto('pending', 2, 1) },
  { status: 'saved', photo: left, outcome: savedOutcome({ ...saved, ...left }) },
];

/** Text that is hard on formats: quotes, commas, line breaks, formulas, any Unicode. */
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom('"', ',', '\r\n', '\r', '\n', ';', '=', "'", ' ', 'a'),
    minLength: 1,
  }),
);

/** Albums of saved photos with awkward values. */
export const awkwardEntries = fc.array(
  fc.record({ id: awkward, version: awkward, rotation: awkward }).map((texts): AlbumEntry => {
    const photo = { ...listedPhoto('a', 1, 1), ...texts };
    return { status: 'saved', photo, outcome: savedOutcome(photo) };
  }),
);
