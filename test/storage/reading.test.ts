import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Album } from '../../src/album/album.js';
import { lockFolder } from '../../src/files/folder-lock.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const request = { uniqueKey: 'one', content: '{}' };

test('what was opened for reading refuses every change to the database', () =>
  withTemporaryFolder(async (folder) => {
    const writer = StorageFolder.open(folder);
    await writer.requests.add([request], 'end');
    const reader = StorageFolder.openForReading(folder);
    const album = new Album(reader);
    const photo = listedPhoto('a');
    for (const change of [
      () => reader.requests.add([{ uniqueKey: 'two', content: '{}' }], 'end'),
      () => reader.requests.markHandled('one'),
      () => album.photos.push(savedOutcome(photo)),
      () => album.listing.write(1, [photo]),
      () => album.listing.endAt(0),
    ])
      await expect(change()).rejects.toThrow();
    expect(await reader.requests.count()).toEqual({ total: 1, handled: 0 });
    expect(readdirSync(`${folder}/tmp`)).toEqual([]);
    reader.close();
    writer.close();
  }));

test('a reader needs no lock, and sees the album as it was at its first look', () =>
  withTemporaryFolder(async (folder) => {
    const lock = lockFolder(folder);
    const writer = StorageFolder.open(folder);
    const { photos } = new Album(writer);
    await photos.push(savedOutcome(listedPhoto('a')));
    const reader = StorageFolder.openForReading(folder);
    const seen = new Album(reader).photos;
    expect(seen.isSaved('a')).toBe(true);
    await photos.push(savedOutcome(listedPhoto('b')));
    expect(seen.isSaved('b')).toBe(false);
    reader.close();
    const later = StorageFolder.openForReading(folder);
    expect(new Album(later).photos.isSaved('b')).toBe(true);
    later.close();
    writer.close();
    lock.release();
  }));

test('what was closed can be read, and opened again', () =>
  withTemporaryFolder(async (folder) => {
    StorageFolder.open(folder).close();
    const reader = StorageFolder.openForReading(folder);
    expect([...new Album(reader).entries()]).toEqual([]);
    reader.close();
    StorageFolder.open(folder).close();
  }));
