/**
 * What Crawlee's paging methods give: awaited it is the first page, iterated it is every item of
 * every page. Nothing is read before either is asked for.
 */
export class LazyResult<Page, Item> implements Promise<Page>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = 'Promise';
  #page: Promise<Page> | undefined;

  constructor(
    private readonly readPage: () => Promise<Page>,
    private readonly readItems: () => AsyncIterator<Item>,
  ) {}

  // biome-ignore lint/suspicious/noThenProperty: Crawlee's interfaces ask for one value that is both
  then<Kept = Page, Failed = never>(
    onKept?: ((page: Page) => Kept | PromiseLike<Kept>) | null,
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Kept | Failed> {
    return this.#promise().then(onKept, onFailed);
  }

  catch<Failed = never>(
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Page | Failed> {
    return this.#promise().catch(onFailed);
  }

  finally(onSettled?: (() => void) | null): Promise<Page> {
    return this.#promise().finally(onSettled);
  }

  [Symbol.asyncIterator](): AsyncIterator<Item> {
    return this.readItems();
  }

  #promise(): Promise<Page> {
    this.#page ??= this.readPage();
    return this.#page;
  }
}
