import type { Database } from './database.js';
import { pageReadingsTable, schema, schemaVersion, sourcesTable } from './schema.js';

/** The tables of version 1, out of the way of those of today that have their names. */
const renameTables = `
DROP INDEX pending_requests;
DROP INDEX claimed_requests;
ALTER TABLE requests RENAME TO old_requests;
ALTER TABLE records RENAME TO old_records;
`;

const store = (kind: string, name: string) =>
  `(SELECT number FROM stores WHERE kind = '${kind}' AND name = '${name}')`;

/**
 * Version 1 kept every outcome of a photo as an item of a dataset, the listing as a JSON array a
 * page, and a record for each file of an original; files stay where they are.
 */
const copyContent = `
INSERT INTO requests (number, unique_key, place, content)
  SELECT number, content ->> 'uniqueKey', place, iif(place IS NULL, NULL, content)
  FROM old_requests WHERE store = ${store('requestQueue', 'default')};

INSERT INTO photos (key, failures, saved, failed)
  SELECT content ->> 'key', content ->> 'status' = 'failed',
    iif(content ->> 'status' = 'saved', content, NULL),
    iif(content ->> 'status' = 'failed', content, NULL)
  FROM items WHERE store = ${store('dataset', 'photos')} ORDER BY position
  ON CONFLICT (key) DO UPDATE SET failures = failures + excluded.failures,
    saved = coalesce(excluded.saved, saved), failed = excluded.failed;

INSERT INTO listed (page, place, key, photo)
  SELECT CAST(substr(page.key, length('listing-page-') + 1) AS INTEGER),
    photo.key + 1, photo.value ->> 'key', photo.value
  FROM old_records AS page, json_each(CAST(page.value AS TEXT)) AS photo
  WHERE page.store = ${store('keyValueStore', 'album')} AND page.key GLOB 'listing-page-*';

INSERT OR REPLACE INTO thumbnails (key, width, height)
  SELECT content ->> 'key', content ->> 'width', content ->> 'height'
  FROM items WHERE store = ${store('dataset', 'thumbnails')} ORDER BY position;

INSERT INTO records (key, value)
  SELECT key, CAST(value AS TEXT) FROM old_records
  WHERE store = ${store('keyValueStore', 'album')} AND key IN ('identity', 'last-run');
`;

const dropTables = `
DROP TABLE old_requests;
DROP TABLE old_records;
DROP TABLE items;
DROP TABLE stores;
`;

/**
 * Up to version 2 the addresses of a photo stood in its request, and nowhere else. The merge leaves out
 * members that are null.
 */
const copySources = `
INSERT OR REPLACE INTO sources (key, listed)
  SELECT content ->> '$.userData.photo.key', json_patch('{}', json_object(
    'photo', content -> '$.userData.photo',
    'originals', content -> '$.userData.originals',
    'referrer', content ->> '$.userData.referrer',
    'detailUrl', iif(content ->> 'label' = 'DETAIL', content ->> 'url', NULL)))
  FROM requests WHERE place IS NOT NULL AND content ->> 'label' IN ('DETAIL', 'IMAGE');
`;

const setVersion = `PRAGMA user_version = ${schemaVersion}`;

/** The scripts that bring a database up to the present version, by the version that it has. */
const scripts: Readonly<Record<number, readonly string[]>> = {
  1: [renameTables, schema, copyContent, copySources, dropTables],
  2: [sourcesTable, copySources, pageReadingsTable, setVersion],
  3: [pageReadingsTable, setVersion],
};

/**
 * Brings a database of an earlier schema version up to the present one, in one transaction; does
 * nothing to one of the present.
 */
export function migrate(database: Database, version: number): void {
  const migration = scripts[version];
  if (migration === undefined) return;
  database.transaction(() => {
    for (const script of migration) database.script(script);
  });
}
