import { expect, test } from '@jest/globals';
import { OutcomeIndex } from '../../src/album/outcome-index.js';
import { failedOutcome, listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withAlbum } from './with-album.js';

const before = listedPhoto('saved before');
const now = listedPhoto('saved now');
const failedBefore = listedPhoto('failed before');
const failedNow = listedPhoto('failed now');
const pending = listedPhoto('pending');
const gone = listedPhoto('no longer listed');

test('every listed photo is counted once, by what became of it', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(before), savedOutcome(gone), failedOutcome(failedBefore));
    await album.writeListingPage(1, [before, now, failedBefore]);
    await album.writeListingPage(2, [failedNow, pending, before]);
    const ledger = await OutcomeIndex.read(album);
    ledger.record(savedOutcome(now));
    ledger.record(failedOutcome(failedNow));
    expect(await ledger.tally(album)).toEqual({
      listed: 5,
      saved: 1,
      alreadyHad: 1,
      failed: 2,
      pending: 1,
      left: 1,
    });
  }));

test('a photo that failed before and is saved now counts as saved', () =>
  withAlbum(async ({ album, push }) => {
    await push(failedOutcome(now));
    await album.writeListingPage(1, [now]);
    const ledger = await OutcomeIndex.read(album);
    ledger.record(failedOutcome(now));
    ledger.record(savedOutcome(now));
    expect(await ledger.tally(album)).toMatchObject({ saved: 1, failed: 0, left: 0 });
  }));

test('a photo saved twice counts as one', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(before), savedOutcome(before));
    await album.writeListingPage(1, [before, now]);
    const ledger = await OutcomeIndex.read(album);
    for (const photo of [before, now, now]) ledger.record(savedOutcome(photo));
    expect(await ledger.tally(album)).toMatchObject({ saved: 1, alreadyHad: 1, left: 0 });
  }));

test('it knows what is saved, and by whom', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(before), failedOutcome(failedBefore));
    const ledger = await OutcomeIndex.read(album);
    ledger.record(savedOutcome(now));
    ledger.record(failedOutcome(failedNow));
    const saved = [before, now, failedBefore, failedNow, pending].map(({ key }) => [
      ledger.isSaved(key),
      ledger.wasSavedBefore(key),
    ]);
    expect(saved).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [false, false],
      [false, false],
    ]);
  }));

test('every failure of earlier runs is counted, also before a success', () =>
  withAlbum(async ({ album, push }) => {
    await push(failedOutcome(failedBefore), failedOutcome(before), failedOutcome(failedBefore));
    await push(savedOutcome(before));
    const ledger = await OutcomeIndex.read(album);
    expect(ledger.failuresBefore(failedBefore.key)).toBe(2);
    expect(ledger.failuresBefore(before.key)).toBe(1);
    expect(ledger.failuresBefore(pending.key)).toBe(0);
  }));

test('a photo that was saved and is lost since is not saved, until it is saved again', () =>
  withAlbum(async ({ album, push }) => {
    await push(savedOutcome(before), failedOutcome(before), savedOutcome(gone));
    await push(failedOutcome(gone));
    await album.writeListingPage(1, [before]);
    const ledger = await OutcomeIndex.read(album);
    expect([ledger.isSaved(before.key), ledger.wasSavedBefore(before.key)]).toEqual([false, false]);
    expect(await ledger.tally(album)).toMatchObject({ listed: 1, failed: 1, left: 0 });

    ledger.record(savedOutcome(before));
    expect(await ledger.tally(album)).toMatchObject({
      saved: 1,
      alreadyHad: 0,
      failed: 0,
      left: 0,
    });
  }));

test('failures of this run do not count as earlier ones', () =>
  withAlbum(async ({ album }) => {
    const ledger = await OutcomeIndex.read(album);
    ledger.record(failedOutcome(failedNow));
    expect(ledger.failuresBefore(failedNow.key)).toBe(0);
  }));
