/** "Craw" in ASCII, at byte 68 of the file: marks the database as this program's. */
export const applicationId = 0x43726177;

/** Goes up with every change below; an older program refuses a newer database. */
export const schemaVersion = 4;

/** New in version 3. */
export const sourcesTable = `
-- Where originals are that are not saved yet, as the site said last; also of photos that it no longer
-- lists.
CREATE TABLE sources (
  key    TEXT PRIMARY KEY,         -- the photo's
  listed TEXT NOT NULL,            -- what its row on a listing page says, as JSON
  detail TEXT                      -- what its own page says, as JSON; null where none was read
) STRICT, WITHOUT ROWID;
`;

/** New in version 4. */
export const pageReadingsTable = `
-- What each listing page showed when it was last read: one that comes again to the letter need not be.
CREATE TABLE page_readings (
  page     INTEGER PRIMARY KEY,
  digest   TEXT NOT NULL,          -- of the page, where it stood, and what it was read by
  shown    BLOB NOT NULL,          -- what a walk needs of it
  snapshot TEXT,                   -- SHA-256 of the page as it is kept; null where none is
  lasts    INTEGER NOT NULL        -- 0 where it counts in its own run alone
) STRICT;
`;

/** The whole schema. JSON is text. */
export const schema = `
-- The request queue.
CREATE TABLE requests (
  number     INTEGER PRIMARY KEY,  -- in the order of adding
  unique_key TEXT NOT NULL UNIQUE,
  place      INTEGER,              -- order of handing out, least first; null once handled
  content    TEXT                  -- the request as JSON; null once handled, nobody asks for it again
) STRICT;
CREATE INDEX pending_requests ON requests (place) WHERE place IS NOT NULL;

-- The dataset "photos": what became of each photo that was tried, saved if it did not fail since.
CREATE TABLE photos (
  number   INTEGER PRIMARY KEY,    -- in the order in which they were first tried
  key      TEXT NOT NULL UNIQUE,   -- names the photo, see photoKey
  run      TEXT,                   -- the run of the last outcome; null outside of a run
  failures INTEGER NOT NULL,       -- how many times it failed; never goes down
  saved    TEXT,                   -- the last outcome "saved", as JSON; null if it was never saved
  failed   TEXT,                   -- the last outcome if it is "failed", as JSON; else null
  bytes    INTEGER AS (saved ->> 'bytes'),
  sha256   TEXT AS (saved ->> 'sha256')
) STRICT;

-- What the album listed last. A photo may be listed more than once: its first place counts.
CREATE TABLE listed (
  page  INTEGER NOT NULL,
  place INTEGER NOT NULL,          -- on the page: 1, 2, 3 ...
  key   TEXT NOT NULL,
  photo TEXT NOT NULL,             -- what the page says of it, as JSON
  PRIMARY KEY (page, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_keys ON listed (key);
${pageReadingsTable}
${sourcesTable}
-- Sizes in pixels of the thumbnails that were measured.
CREATE TABLE thumbnails (
  key    TEXT PRIMARY KEY,         -- the photo's
  width  INTEGER NOT NULL,
  height INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single values: whose album this is, and how the last run went.
CREATE TABLE records (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;

PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;

/** The tables of each version, by which damage is looked for. */
export const tables: Readonly<Record<number, readonly string[]>> = {
  1: ['stores', 'requests', 'items', 'records'],
  2: ['requests', 'photos', 'listed', 'thumbnails', 'records'],
  3: ['requests', 'photos', 'listed', 'sources', 'thumbnails', 'records'],
  4: ['requests', 'photos', 'listed', 'page_readings', 'sources', 'thumbnails', 'records'],
};
