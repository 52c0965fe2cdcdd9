import { type FieldRule, type ItemField, type PartRule, rulesOf } from './field-schema.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import { asAddress, filtered, firstReading, readRule, readSource } from './read-field.js';
import { type Reading, valueIn } from './reading.js';
import type { ItemRule } from './schema.js';

/** Fields whose values are addresses. */
const addresses: readonly string[] = ['thumbnail', 'detail', 'original'];

/**
 * Reads the fields of one photo from its row. A field may start from another field's value, or from a
 * value of the album.
 */
export class RowReader {
  readonly #read = new Map<ItemField, Reading>();
  #originals: (Reading | undefined)[] | undefined;

  constructor(
    private readonly page: OpenPage,
    private readonly row: PagePart,
    private readonly item: ItemRule,
    private readonly values: Readonly<Record<string, string>>,
  ) {}

  /** A field's value; undefined if the profile does not read it from the row. */
  field(name: ItemField): Reading | undefined {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const rules = rulesOf(this.item[name]).filter(({ on }) => on === undefined);
    if (rules.length === 0) return undefined;
    const reading = firstReading(rules, (rule) => this.#reading(name, rule));
    this.#read.set(name, reading);
    return reading;
  }

  /** Candidates for the original, in the profile's order; undefined for one on the photo's own page. */
  originals(): readonly (Reading | undefined)[] {
    this.#originals ??= this.item.original.map((rule) =>
      rule.on === 'detail' ? undefined : this.#reading('original', rule),
    );
    return this.#originals;
  }

  #reading(name: ItemField | 'original', rule: FieldRule): Reading {
    const { base } = this.page;
    const reading = readRule(rule, (part) => this.#source(part), base);
    return addresses.includes(name) ? asAddress(reading, base) : reading;
  }

  #source(rule: PartRule): Reading {
    if (rule.from === undefined) return readSource(this.page, this.row, rule);
    return filtered(this.#valueOf(rule.from), rule.filters, this.page.base);
  }

  #valueOf(from: NonNullable<FieldRule['from']>): Reading {
    if (isSlot(from)) {
      const value = this.values[from.slice(1, -1)];
      return value === undefined ? { missing: `the album has no ${from}` } : { value };
    }
    const reading =
      from === 'original'
        ? (this.originals().find((candidate) => valueIn(candidate) !== undefined) ??
          this.originals()[0])
        : this.field(from);
    return reading ?? { missing: `there is no ${from}` };
  }
}

function isSlot(from: NonNullable<FieldRule['from']>): from is `{${string}}` {
  return from.startsWith('{');
}
