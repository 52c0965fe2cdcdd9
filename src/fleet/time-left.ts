import type { ActiveProgress, AlbumRow } from './fleet-status.js';

/**
 * Seconds until all albums are saved that wait or run, if all goes on as it does: what is left of them
 * by what is saved a second. An album whose size is not known yet counts as one of middling size.
 *
 * @param now milliseconds since 1970
 * @returns undefined where nothing is known to go by, or nothing is left
 */
export function secondsLeft(
  albums: readonly AlbumRow[],
  active: ActiveProgress,
  now: number,
): number | undefined {
  const sizes = albums.map(({ listed }) => listed).filter((listed) => listed > 0);
  const middling = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  let photosLeft = 0;
  for (const { state, listed, saved, failed } of albums) {
    if (state !== 'waiting' && state !== 'active') continue;
    photosLeft += Math.max(0, (listed || middling) - saved - failed);
  }
  let pace = 0;
  for (const { saved, startedAt } of active.values()) pace += (saved * 1000) / (now - startedAt);
  const seconds = photosLeft / pace;
  return Number.isFinite(seconds) && photosLeft > 0 ? seconds : undefined;
}
