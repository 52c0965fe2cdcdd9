const slot = /\{([a-zA-Z]+)\}/g;

/** The names of the `{name}` slots in a text. */
export function slotsIn(text: string): string[] {
  return [...text.matchAll(slot)].map(([, name = '']) => name);
}

/**
 * Puts values into the `{name}` slots of a text. A slot without a value is left as it is.
 *
 * @param encode escapes each value, for instance for an address
 */
export function fillSlots(
  text: string,
  values: Readonly<Record<string, string>>,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replace(slot, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : encode(value);
  });
}

/** Fills the slots of every text in a value of JSON, as {@link fillSlots} does. */
export function fillSlotsIn<Value>(value: Value, values: Readonly<Record<string, string>>): Value {
  return filled(value, values) as Value;
}

function filled(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return fillSlots(value, values);
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, values)]),
  );
}
