import { Readable } from 'node:stream';
import type { AlbumExport } from './album-export.js';

function* text({ entries }: AlbumExport): Generator<string> {
  let before = '[\n';
  for (const { status, photo } of entries) {
    if (status !== 'saved') continue;
    yield `${before}  ${JSON.stringify(photo.id)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** A JSON array of the ids of the saved photos, in album order. */
export function exportIds(album: AlbumExport): Readable {
  return Readable.from(text(album), { objectMode: false });
}
