import { Readable } from 'node:stream';
import type { AlbumExport } from './album-export.js';
import { exportedPhoto } from './fields.js';

/** Version of the format; raised when programs that read it have to change. */
const schema = 1;

function* text({ identity, entries, counts, doubts, exportedAt }: AlbumExport): Generator<string> {
  const { listed, saved, failed, pending } = counts;
  const head = {
    schema,
    album: identity,
    exportedAt,
    counts: { listed, saved, failed, pending },
    doubts,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "photos": [`;
  let before = '\n';
  for (const entry of entries) {
    yield `${before}    ${JSON.stringify(exportedPhoto(entry))}`;
    before = ',\n';
  }
  yield before === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}

/** Everything known of every photo as JSON, with one line for each photo. */
export function exportJson(album: AlbumExport): Readable {
  return Readable.from(text(album), { objectMode: false });
}
