import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskError, type EscapeError, UsageError } from '../../errors.js';
import { FolderStore } from './folder-store.js';
import { sha256Of } from './hash.js';
import type { ObjectStore } from './object-store.js';
import { S3Store } from './s3-store.js';

/** Milliseconds for which a store that fails is asked again, unless set otherwise. */
const usualPatience = 10 * 60_000;

const s3Address = /^s3:\/\/([^/]+)(?:\/(.*))?$/;
/** A prefix as keys are written: parts of letters that need no encoding in an address. */
const plainPrefix = /^(?:[\w.-]+\/)*[\w.-]*$/;

/**
 * Makes the client of a store; nothing is requested or written yet.
 *
 * @param location `s3://BUCKET` or `s3://BUCKET/PREFIX` (endpoint, region and credentials as the AWS
 *   SDK reads them), or the path of a folder
 * @param patience milliseconds for which a store that fails is asked again
 * @throws UsageError
 */
export async function openStore(location: string, patience = usualPatience): Promise<ObjectStore> {
  if (!/^\w+:\/\//.test(location)) return new FolderStore(location);
  const [, bucket = '', prefix = ''] = s3Address.exec(location) ?? [];
  const isPlain = plainPrefix.test(prefix) && !prefix.split('/').some((part) => /^\.+$/.test(part));
  if (bucket === '' || !isPlain) {
    throw new UsageError([
      `FLEET_STORE is ${JSON.stringify(location)}; it takes s3://BUCKET/PREFIX (letters, digits, dots, hyphens, underscores), or the path of a folder`,
    ]);
  }
  return S3Store.create(bucket, prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`, patience);
}

/**
 * Tries a store with small objects, so that what is wrong with it is known at the start: it has to
 * store, to list, to give back, to remove, and to refuse bytes that do not have the SHA-256 that was
 * announced.
 *
 * @param store made with little patience: a person is waiting
 * @throws EscapeError that says what to do
 */
export async function checkStore(store: ObjectStore): Promise<void> {
  const folder = `check/${randomUUID()}/`;
  const key = `${folder}object`;
  const bytes = Buffer.from(key);
  await store.putBytes(key, bytes);
  try {
    if (await takesWrongBytes(store, `${folder}wrong`)) {
      throw new UsageError([
        `The object store ${store.name} does not check the SHA-256 of what it is sent, so originals might be damaged on the way there. Use one that does, as S3 does (x-amz-content-sha256).`,
      ]);
    }
    const read = await store.open(key);
    const isSame = read !== undefined && (await buffer(read)).equals(bytes);
    const listed = await store.list(folder);
    if (!isSame || !(await store.has(key)) || listed.join() !== key) throw unfit(store);
  } finally {
    await store.remove(key);
  }
  if (await store.has(key)) throw unfit(store);
}

async function takesWrongBytes(store: ObjectStore, key: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'photo-escape-check-'));
  const path = join(folder, 'wrong');
  try {
    await writeFile(path, 'these bytes');
    await store.putFile(key, { path, bytes: 11, sha256: sha256Of(Buffer.from('other bytes')) });
    await store.remove(key);
    return true;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function unfit(store: ObjectStore): EscapeError {
  return new UsageError([
    `The object store ${store.name} does not give back what was stored a moment ago. A fleet needs one that is consistent at once, as S3 is.`,
  ]);
}
