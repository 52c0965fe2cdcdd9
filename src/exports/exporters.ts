import type { Readable } from 'node:stream';
import type { AlbumIdentity } from '../album/album.js';
import type { AlbumEntry } from '../album/entries.js';
import { exportCsv } from './csv.js';
import { exportIds } from './ids.js';
import { exportJson } from './json.js';

/** What an exporter turns into text. */
export interface AlbumExport {
  identity: AlbumIdentity;
  entries: readonly AlbumEntry[];
  /** When it was exported, ISO 8601 in UTC. */
  exportedAt: string;
}

/** Writes an album as a stream of text. */
export type Exporter = (album: AlbumExport) => Readable;

/** The formats of `export --format`: one more is one file and one line. */
export const exporters = {
  ids: { exporter: exportIds, meaning: 'a JSON array of the ids of the saved photos' },
  json: { exporter: exportJson, meaning: 'everything known of every photo' },
  csv: { exporter: exportCsv, meaning: 'a header line and one row a photo, the same fields' },
} as const satisfies Record<string, { exporter: Exporter; meaning: string }>;

/** A format's name. */
export type ExportFormat = keyof typeof exporters;
