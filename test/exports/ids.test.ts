import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exportIds } from '../../src/exports/ids.js';
import { albumOf, awkwardEntries, oneOfEach } from './album-export.js';

test('the ids of the saved photos are a JSON array, in album order', async () => {
  expect(await text(exportIds(albumOf(oneOfEach)))).toBe('[\n  "saved",\n  "left the album"\n]\n');
});

test('an album of which nothing is saved is an empty array', async () => {
  const unsaved = oneOfEach.filter(({ status }) => status !== 'saved');
  expect(await text(exportIds(albumOf(unsaved)))).toBe('[]\n');
});

test('any ids come back from the text', () =>
  fc.assert(
    fc.asyncProperty(awkwardEntries, async (entries) => {
      const read = JSON.parse(await text(exportIds(albumOf(entries))));
      expect(read).toEqual(entries.map(({ photo }) => photo.id));
    }),
  ));
