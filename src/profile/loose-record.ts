/** A record in a profile that may have problems. */
export type Loose = Readonly<Record<string, unknown>>;
/** The keys that lead to a place in a profile. */
export type Path = (string | number)[];
/** Tells of a problem at a place in a profile. */
export type Tell = (path: Path, message: string) => void;

/** A value as a record; an empty one where it is none. */
export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}
