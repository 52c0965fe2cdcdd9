import { Readable } from 'node:stream';
import type { AlbumExport } from './exporters.js';
import { exportedPhoto } from './fields.js';

/** Version of the format; it changes when a program that reads it would have to. */
const schema = 1;

function* text({ identity, entries, counts, exportedAt }: AlbumExport): Generator<string> {
  const { listed, saved, failed, pending } = counts;
  const head = {
    schema,
    album: identity,
    exportedAt,
    counts: { listed, saved, failed, pending },
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "photos": [`;
  let before = '\n';
  for (const entry of entries) {
    yield `${before}    ${JSON.stringify(exportedPhoto(entry))}`;
    before = ',\n';
  }
  yield before === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}

/** Everything known of every photo, as the contract's JSON: one line a photo. */
export function exportJson(album: AlbumExport): Readable {
  return Readable.from(text(album));
}
