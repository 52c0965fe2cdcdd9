import { writeFile } from 'node:fs/promises';
import type { SavedEntry } from '../saved-entry.js';
import type { ExportFolder } from './export-folder.js';
import { xmpSidecar } from './xmp-sidecar.js';

/** The XMP files beside the photos. One that is there stays as it is: photo programs edit them too. */
export class Sidecars {
  #differing = 0;

  constructor(private readonly folder: ExportFolder) {}

  /** Adds a photo's sidecar, `NAME.jpg.xmp`, where there is none. Throws a DiskError. */
  async place(entry: SavedEntry, photoName: string): Promise<void> {
    const name = `${photoName}.xmp`;
    const text = xmpSidecar(entry);
    const isAdded = await this.folder.add(name, (unfinished) =>
      writeFile(unfinished, text, { flush: true }),
    );
    if (!isAdded && (await this.folder.read(name)) !== text) this.#differing += 1;
  }

  /** What the person should know. */
  notes(): string[] {
    if (this.#differing === 0) return [];
    return [
      `${this.#differing} sidecars differ from what would be written now (they were edited, or the album has changed); they stay as they are.`,
    ];
  }
}
