import type { PaginatedList } from '@crawlee/types';
import type { StoreCatalogue, StoreDescription, StoreKind } from './backend.js';
import { checkedText } from './checked-text.js';

/** The stores of one kind, as Crawlee's three collection clients show them. */
export class CollectionClient<Info> {
  constructor(
    private readonly stores: StoreCatalogue,
    private readonly kind: StoreKind,
    private readonly inform: (description: StoreDescription) => Promise<Info>,
  ) {}

  /** Every store of the kind, oldest first, on one page. */
  async list(): Promise<PaginatedList<Info>> {
    const items = await Promise.all((await this.stores.list(this.kind)).map(this.inform));
    const count = items.length;
    return { total: count, count, offset: 0, limit: count, desc: false, items };
  }

  /**
   * The store of that name (in whatever case of letters) or id, made if there is none; without a
   * name a new nameless one. Throws a `TypeError` for a name that is not text or not storable.
   */
  async getOrCreate(name?: string): Promise<Info> {
    const wanted = name === undefined || name === '' ? undefined : checkedText('The name', name);
    return this.inform(await this.stores.findOrCreate(this.kind, wanted));
  }
}
