import type { AlbumEntry } from '../album/entries.js';
import { photoDate } from '../album/photo-date.js';
import type { PixelSize } from '../picture/picture-facts.js';

/** A photo in the report; what is not known is undefined. */
export interface ReportedPhoto {
  key: string;
  id: string;
  /** Where the album lists it; missing for a photo that it no longer lists. */
  page?: number | undefined;
  position?: number | undefined;
  title?: string | undefined;
  status: AlbumEntry['status'];
  /** Why it is not saved. */
  reason?: string | undefined;
  originalUrl?: string | undefined;
  /** Path relative to the storage folder, with forward slashes. */
  file?: string | undefined;
  bytes?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
  /** Size of the site's thumbnail, where it was measured. */
  thumbnail?: PixelSize | undefined;
  /** See {@link photoDate}. */
  date?: string | undefined;
  sha256?: string | undefined;
  /** Whether the site itself has it damaged. */
  damagedAtSource?: true | undefined;
}

/** One page of the album. */
export interface ReportedPage {
  page: number;
  saved: number;
  failed: number;
  pending: number;
  photos: ReportedPhoto[];
}

/** A photo of an album as the report shows it. */
export function reported({ status, photo, outcome, thumbnail }: AlbumEntry): ReportedPhoto {
  const saved = outcome?.status === 'saved' ? outcome : undefined;
  return {
    key: photo.key,
    id: photo.id,
    page: photo.page,
    position: photo.position,
    title: photo.title,
    status,
    reason: outcome?.status === 'failed' ? outcome.reason : undefined,
    originalUrl: photo.originalUrl,
    file: saved?.file,
    bytes: saved?.bytes,
    width: saved?.width,
    height: saved?.height,
    thumbnail,
    date: photoDate(photo, outcome)?.date,
    sha256: saved?.sha256,
    damagedAtSource: saved?.damagedAtSource,
  };
}

function count(photos: readonly ReportedPhoto[], status: AlbumEntry['status']): number {
  return photos.filter((photo) => photo.status === status).length;
}

/** One page of the album as the report shows it. */
export function reportedPage(entries: readonly AlbumEntry[]): ReportedPage {
  const photos = entries.map(reported);
  return {
    page: photos[0]?.page ?? 0,
    saved: count(photos, 'saved'),
    failed: count(photos, 'failed'),
    pending: count(photos, 'pending'),
    photos,
  };
}
