import type { StoreDescription } from './backend.js';

/** A store's description as Crawlee's interfaces have it. */
export interface StoreInfo {
  id: string;
  name?: string;
  createdAt: Date;
  modifiedAt: Date;
  accessedAt: Date;
}

/** Leaves the name out where there is none, as Crawlee's types want it. */
export function storeInfo({ name, ...rest }: StoreDescription): StoreInfo {
  return name === undefined ? rest : { ...rest, name };
}
