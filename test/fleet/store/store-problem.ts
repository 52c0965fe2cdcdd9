import { checkStore, openStore } from '../../../src/fleet/store/open-store.js';

/** What a person reads at the start of a fleet, once the store was asked for a second. */
export async function problemOf(location: string): Promise<string> {
  const store = await openStore(location, 1000);
  try {
    await checkStore(store);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  } finally {
    store.close();
  }
}
