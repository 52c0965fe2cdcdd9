import { type ListedPhoto, type Outcome, photoKey } from '../../src/album/photo.js';

const address = 'https://images.test/26';

/** A photo as a listing page shows it. */
export function listedPhoto(id: string, page = 1, position = 1): ListedPhoto {
  return {
    key: photoKey(id),
    id,
    page,
    position,
    originalUrl: `${address}~a~${encodeURIComponent(id)}.jpg`,
    thumbnailUrl: `${address}~t~${encodeURIComponent(id)}.jpg`,
  };
}

/** The row of a photo that was saved. */
export function savedOutcome(photo: ListedPhoto): Extract<Outcome, { status: 'saved' }> {
  return {
    ...photo,
    status: 'saved',
    savedAt: '2026-11-22T10:00:00.000Z',
    file: `key_value_stores/photos/${photo.key}.jpg`,
    contentType: 'image/jpeg',
    bytes: 125_000,
    sha256: 'ab'.repeat(32),
  };
}

/** The row of a photo that could not be saved. */
export function failedOutcome(
  photo: ListedPhoto,
  reason = 'the server answered 404',
): Extract<Outcome, { status: 'failed' }> {
  return { ...photo, status: 'failed', failedAt: '2026-11-22T10:00:00.000Z', reason };
}
