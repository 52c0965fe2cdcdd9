import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../../src/fleet/store/object-store.js';
import { openStore } from '../../../src/fleet/store/open-store.js';
import type { Swift } from '../../helpers/swift.js';

/** A store in a bucket of its own. */
interface SwiftStore {
  store: ObjectStore;
  /** What `FLEET_STORE` has to be for it. */
  location: string;
}

/** Runs the work with the environment changed. */
export async function withEnvironment<Result>(
  change: Record<string, string | undefined>,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  const apply = (values: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  apply(change);
  try {
    return await work();
  } finally {
    apply(Object.fromEntries(Object.keys(change).map((name) => [name, before[name]])));
  }
}

/** Makes a bucket in a Swift. */
export async function createBucket(Bucket: string): Promise<void> {
  const client = new S3Client({ forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
}

let buckets = 0;

/** Runs the work with a store in a bucket of its own. */
export function withSwiftStore(
  swift: Swift,
  work: (store: SwiftStore) => Promise<void>,
): Promise<void> {
  return withEnvironment(swift.environment, async () => {
    buckets += 1;
    const bucket = `albums-${buckets}`;
    await createBucket(bucket);
    const location = `s3://${bucket}/fleet`;
    const store = await openStore(location);
    try {
      await work({ store, location });
    } finally {
      store.close();
    }
  });
}
