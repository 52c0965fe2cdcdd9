import type { FolderExporter, FormatOptions, TextExporter } from './album-export.js';

/** A format of `export --format`. */
export type Format = { meaning: string } & (
  | { kind: 'text'; exporter: TextExporter }
  | {
      kind: 'folder';
      exporter: FolderExporter;
      /** The options that it has; any other is an error. */
      options: readonly (keyof FormatOptions)[];
    }
);

/** The formats of `export --format`, each loaded when it is used. */
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

/** The name of a format. */
export type ExportFormat = keyof typeof exporters;
