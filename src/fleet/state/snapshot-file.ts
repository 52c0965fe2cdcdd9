import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { diskError } from '../../files/disk-error.js';
import { insteadOf } from '../../files/error-code.js';
import { makeFolder } from '../../files/make-folder.js';
import { Database } from '../../storage/database.js';
import { databasePath, StorageFolder } from '../../storage/storage-folder.js';

/**
 * What a snapshot has beside the album's own tables: the listing pages, so that one object is the whole
 * state. It is taken out again when the snapshot is unpacked.
 */
const pagesTable = 'CREATE TABLE kept_pages (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT';

/**
 * Writes the state of a storage folder into one file: a compressed copy of its database, consistent
 * also while another connection writes, with the kept pages in it. It holds up its thread.
 *
 * @param file where nothing is yet; beside it a temporary file is made
 */
export async function packState(storage: string, file: string): Promise<void> {
  const copy = `${file}.sqlite`;
  try {
    const source = new Database(databasePath(storage), 'read');
    source.run('VACUUM INTO ?', copy);
    source.close();
    await addPages(copy, join(storage, 'key_value_stores', 'pages'));
    await pipeline(createReadStream(copy), createGzip(), createWriteStream(file, { flags: 'wx' }));
  } catch (error) {
    await rm(file, { force: true });
    throw diskError(error, file);
  } finally {
    await rm(copy, { force: true });
  }
}

async function addPages(copy: string, folder: string): Promise<void> {
  const database = new Database(copy, 'write');
  database.script(pagesTable);
  const names = await readdir(folder).catch(insteadOf(['ENOENT'], []));
  const pages = new Map<string, Buffer>();
  for (const name of names) {
    // The crawl removes pages that the album no longer has.
    const content = await readFile(join(folder, name)).catch(insteadOf(['ENOENT'], undefined));
    if (content !== undefined) pages.set(name, content);
  }
  database.transaction(() => {
    for (const [name, content] of pages) {
      database.run('INSERT INTO kept_pages VALUES (?, ?)', name, content);
    }
  });
  database.close();
}

/**
 * Makes a storage folder of a snapshot.
 *
 * @param content the bytes of a snapshot
 * @param storage a folder without a database
 * @throws DiskError, StorageDamagedError; the error of the bytes
 */
export async function unpackState(content: Readable, storage: string): Promise<void> {
  makeFolder(storage, 0o700);
  const path = databasePath(storage);
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(content, createGunzip(), file);
  } catch (error) {
    rmSync(path, { force: true });
    throw diskError(error, path);
  }
  const folder = StorageFolder.open(storage);
  try {
    const { database, pages } = folder;
    for (const [name, page] of database.rows<[string, Buffer]>('SELECT * FROM kept_pages')) {
      await pages.put(name, page);
    }
    database.script('DROP TABLE kept_pages');
  } finally {
    folder.close();
  }
}
