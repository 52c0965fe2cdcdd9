import type { Readable } from 'node:stream';
import type { AlbumIdentity } from '../album/album.js';
import type { AlbumCounts } from '../album/counts.js';
import type { AlbumEntry } from '../album/entries.js';
import type { NamePattern } from './files/name-pattern.js';

/** What an exporter works on. */
export interface AlbumExport {
  identity: AlbumIdentity;
  entries: readonly AlbumEntry[];
  counts: AlbumCounts;
  /** When it was exported, ISO 8601 in UTC. */
  exportedAt: string;
}

/** Writes an album as a stream of text. */
export type TextExporter = (album: AlbumExport) => Promise<Readable>;

/** What only some formats take. */
export interface FormatOptions {
  /** How files are named. */
  name?: NamePattern;
  /** Whether files are copied also where they could be linked. */
  copy?: boolean;
  /** What is written beside each photo. */
  sidecar?: 'xmp';
}

/** What an exporter of a folder gets, beside the album. */
export interface FolderOrder {
  /** The storage folder, in which the originals are. */
  storage: string;
  /** The folder to write; made if there is none. */
  folder: string;
  options: FormatOptions;
  /** Aborted when the export is to stop; its reason is then to be thrown. */
  signal: AbortSignal;
  /** Is told how many photos are done, and of how many. */
  progress: (done: number, total: number) => void;
}

/** What became of an export to a folder. */
export interface FolderReport {
  /** What was done, with counts; the last line. */
  done: string;
  /** What the person should know. */
  notes: string[];
  /** What could not be exported, one photo a line, each with its reason. */
  problems: string[];
}

/** Writes an album into a folder. */
export type FolderExporter = (album: AlbumExport, order: FolderOrder) => Promise<FolderReport>;

/** A format of `export --format`. */
export type Format =
  | { kind: 'text'; meaning: string; exporter: TextExporter }
  | {
      kind: 'folder';
      meaning: string;
      exporter: FolderExporter;
      /** Those it takes; the others are errors. */
      options: readonly (keyof FormatOptions)[];
    };

/** The formats of `export --format`: one more is one file and one entry. Each loads when it runs. */
export const exporters = {
  ids: {
    kind: 'text',
    exporter: async (album) => (await import('./ids.js')).exportIds(album),
    meaning: 'a JSON array of the ids of the saved photos',
  },
  json: {
    kind: 'text',
    exporter: async (album) => (await import('./json.js')).exportJson(album),
    meaning: 'everything known of every photo',
  },
  csv: {
    kind: 'text',
    exporter: async (album) => (await import('./csv.js')).exportCsv(album),
    meaning: 'a header line and one row a photo, the same fields',
  },
  files: {
    kind: 'folder',
    exporter: async (album, order) =>
      (await import('./files/export-files.js')).exportFiles(album, order),
    options: ['name', 'copy', 'sidecar'],
    meaning: 'a folder of the originals under names that people can read',
  },
  gallery: {
    kind: 'folder',
    exporter: async (album, order) =>
      (await import('./gallery/export-gallery.js')).exportGallery(album, order),
    options: ['copy'],
    meaning: 'an album to look at in a browser, without a server or a network',
  },
} as const satisfies Record<string, Format>;

/** A format's name. */
export type ExportFormat = keyof typeof exporters;
