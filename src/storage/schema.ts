/** "Craw" in ASCII, at byte 68 of the file: tells this database from any other SQLite file. */
export const applicationId = 0x43726177;

/** Goes up with every change below; an older program refuses a newer database. */
export const schemaVersion = 1;

/** The whole schema. Times are milliseconds since 1970. */
export const schema = `
CREATE TABLE stores (
  number      INTEGER PRIMARY KEY,  -- what the other tables refer to
  kind        TEXT NOT NULL,        -- 'dataset', 'keyValueStore' or 'requestQueue'
  id          TEXT NOT NULL,        -- Crawlee's handle on the store, a UUID
  name        TEXT,                 -- null for a store without a name
  lookup      TEXT,                 -- the name in lower case: names differ by more than case
  folder      TEXT NOT NULL,        -- under key_value_stores/; stays when the store is renamed
  created_at  INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  accessed_at INTEGER NOT NULL,
  UNIQUE (kind, id),
  UNIQUE (kind, lookup),
  UNIQUE (kind, folder)
) STRICT;

CREATE TABLE requests (
  number        INTEGER PRIMARY KEY, -- in the order of adding
  store         INTEGER NOT NULL,    -- stores.number of the queue
  id            TEXT NOT NULL,       -- Crawlee's hash of the unique key
  place         INTEGER,             -- order of handing out, least first; null once handled
  claimed_until INTEGER,             -- null if nobody is at work on it
  claimed_by    TEXT,                -- the claim's owner
  content       TEXT NOT NULL,       -- the request as JSON
  UNIQUE (store, id)
) STRICT;
CREATE INDEX pending_requests ON requests (store, place) WHERE place IS NOT NULL;
CREATE INDEX claimed_requests ON requests (claimed_until) WHERE claimed_until IS NOT NULL;

CREATE TABLE items (
  store    INTEGER NOT NULL,         -- stores.number of the dataset
  position INTEGER NOT NULL,         -- 1, 2, 3 … without gaps, so that any page is found at once
  content  TEXT NOT NULL,            -- the item as JSON
  PRIMARY KEY (store, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  number       INTEGER PRIMARY KEY,
  store        INTEGER NOT NULL,     -- stores.number of the key-value store
  key          TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size         INTEGER NOT NULL,     -- of the value, in bytes
  value        BLOB,                 -- the value itself, or null if it is in a file
  file         TEXT,                 -- the file's name in the store's folder, or null
  UNIQUE (store, key)
) STRICT;

PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;
