import type { Readable } from 'node:stream';
import type { AlbumIdentity } from '../album/album.js';
import type { AlbumCounts } from '../album/counts.js';
import type { AlbumEntry } from '../album/entries.js';
import type { NamePattern } from './files/name-pattern.js';

/** An album as an exporter gets it. */
export interface AlbumExport {
  identity: AlbumIdentity;
  /** In album order. */
  entries: readonly AlbumEntry[];
  counts: AlbumCounts;
  /** What speaks against the list being whole, in sentences. */
  doubts: readonly string[];
  /** The time of the export, ISO 8601 in UTC. */
  exportedAt: string;
}

/** Writes an album as text. */
export type TextExporter = (album: AlbumExport) => Promise<Readable>;

/** Options that only some formats have. */
export interface FormatOptions {
  /** How files are named. */
  name?: NamePattern;
  /** Whether files are copied also where they could be hard links. */
  copy?: boolean;
  /** The kind of file that is written beside each photo. */
  sidecar?: 'xmp';
}

/** What an exporter of a folder gets besides the album. */
export interface FolderOrder {
  /** The storage folder, which the entries' files are relative to. */
  storage: string;
  /** The folder to write; created if there is none. */
  folder: string;
  options: FormatOptions;
  /** Aborted when the export has to stop. The exporter then throws its reason. */
  signal: AbortSignal;
  /** Called with the number of photos that are done, and of all. */
  progress: (done: number, total: number) => void;
}

/** The result of an export to a folder. */
export interface FolderReport {
  /** What was done, with counts; printed last. */
  done: string;
  /** What the person should know. */
  notes: string[];
  /** Photos that could not be exported: a line for each, with the reason. */
  problems: string[];
}

/** Writes an album into a folder. */
export type FolderExporter = (album: AlbumExport, order: FolderOrder) => Promise<FolderReport>;
