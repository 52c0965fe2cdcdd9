/**
 * Does work for each item, so many at once, in their order.
 *
 * @throws the first error, when the work under way has ended; nothing new is begun after it
 */
export async function atOnce<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failure: { error: unknown } | undefined;
  const one = async () => {
    for (const item of left) {
      await work(item).catch((error: unknown) => {
        failure ??= { error };
      });
      if (failure !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: most }, one));
  if (failure !== undefined) throw failure.error;
}
