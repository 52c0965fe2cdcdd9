import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { AlbumEntry } from '../album/entries.js';
import type { AlbumExport } from './album-export.js';
import { exportedPhoto, exportFields } from './fields.js';

/** One value for each column: the titles of the albums are joined, the outermost first. */
function exportedRow(entry: AlbumEntry): Record<string, unknown> {
  const { album, ...fields } = exportedPhoto(entry);
  return { ...fields, ...(Array.isArray(album) && { album: album.join(' / ') }) };
}

/**
 * A header line and one row for each photo (RFC 4180, UTF-8). Values that a spreadsheet would take
 * for a formula are escaped, since they come from the site.
 */
export function exportCsv({ entries }: AlbumExport): Readable {
  const rows = stringify({
    header: true,
    columns: [...exportFields],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
    quoted_match: /[\r\n]/,
  });
  return Readable.from(entries.map(exportedRow)).pipe(rows);
}
