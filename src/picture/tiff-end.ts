import { type ByteWalk, bigEndian, littleEndian, skip, type WalkPart } from './byte-walk.js';

/** Tags with the places of the picture's data, and with their sizes (TIFF 6.0, sections 8 and 15). */
const offsetTags = [273, 324];
const byteCountTags = [279, 325];
/** Further directories: a DNG has its raw picture in one (TIFF Technical Note 1); Exif and GPS. */
const subDirectoryTags = [330, 34665, 34853];

/** Bytes of a number of each field type that can hold an offset or a size. */
const numberLengths: Readonly<Record<number, number>> = { 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };
/** Bytes of a value of each field type, from 1 on (TIFF 6.0, section 2; BigTIFF design). */
const valueLengths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** In place of an offset or a size that the writer did not know. */
const unknown = 0xffffffff;
/** Numbers that are read at the most, and places that wait: what a file has beyond is not checked. */
const mostNumbers = 1_000_000;
const mostPlaces = 1000;

/** Where the data of one picture is: each offset with the byte count at the same index. */
interface Parts {
  offsets: number[];
  byteCounts: number[];
}

/** A place that an offset points to, and the walk over what is there. */
interface Place {
  offset: number;
  walk: () => WalkPart<void>;
}

/**
 * Walks a TIFF, DNG or BigTIFF to the last byte that its directories point to (TIFF 6.0, section 2;
 * BigTIFF design). Offsets may point anywhere, but the walk only goes forward: what stands before the
 * place that points to it has come already, and is passed over.
 */
export function* tiffEnd(): ByteWalk {
  return yield* new TiffWalk().run();
}

class TiffWalk {
  readonly #parts: Parts[] = [];
  #places: Place[] = [];
  #position = 0;
  /** The end of the values that do not stand in their directory: tables, profiles, texts. */
  #endOfValues = 0;
  #numbersLeft = mostNumbers;
  #readNumber = bigEndian;
  /** Bytes of an offset, of a count, and of the field that holds a value or its offset. */
  #offsetLength = 4;

  *run(): ByteWalk {
    if (!(yield* this.#header())) return false;
    this.#addDirectory(yield* this.#number(this.#offsetLength));
    for (let place = this.#next(); place !== undefined; place = this.#next()) {
      yield* this.#skip(place.offset - this.#position);
      yield* place.walk();
    }
    const end = Math.max(this.#endOfParts(), this.#endOfValues);
    yield* this.#skip(end - this.#position);
    return true;
  }

  /** Whether it is the header of a TIFF, or of a BigTIFF. */
  *#header(): WalkPart<boolean> {
    const order = yield* this.#number(2);
    if (order === 0x4949) this.#readNumber = littleEndian;
    else if (order !== 0x4d4d) return false;
    const version = yield* this.#number(2);
    if (version !== 43) return version === 42;
    this.#offsetLength = yield* this.#number(2);
    return this.#offsetLength === 8 && (yield* this.#number(2)) === 0;
  }

  /** Takes out the first of the places that are still to come. */
  #next(): Place | undefined {
    this.#places = this.#places
      .filter(({ offset }) => offset >= this.#position)
      .sort((one, other) => one.offset - other.offset);
    return this.#places.shift();
  }

  #add(place: Place): void {
    if (this.#places.length < mostPlaces) this.#places.push(place);
  }

  #addDirectory(offset: number): void {
    if (offset > 0) this.#add({ offset, walk: () => this.#directory() });
  }

  *#directory(): WalkPart<void> {
    const parts: Parts = { offsets: [], byteCounts: [] };
    this.#parts.push(parts);
    const entries = yield* this.#number(this.#offsetLength === 4 ? 2 : 8);
    for (let entry = 0; entry < entries; entry++) yield* this.#entry(parts);
    this.#addDirectory(yield* this.#number(this.#offsetLength));
  }

  *#entry(parts: Parts): WalkPart<void> {
    const tag = yield* this.#number(2);
    const type = yield* this.#number(2);
    const length = numberLengths[type];
    const count = yield* this.#number(this.#offsetLength);
    const taker = length === undefined || count > this.#numbersLeft ? undefined : tag;
    const take = this.#takerOf(taker, parts);
    const size = count * (valueLengths[type] ?? 0);
    if (size > this.#offsetLength) {
      const offset = yield* this.#number(this.#offsetLength);
      this.#endOfValues = Math.max(this.#endOfValues, offset + size);
      if (take && length) this.#add({ offset, walk: () => this.#numbers(count, length, take) });
    } else if (take && length) {
      yield* this.#numbers(count, length, take);
      yield* this.#skip(this.#offsetLength - size);
    } else {
      yield* this.#skip(this.#offsetLength);
    }
  }

  /** What to do with the numbers of a field; undefined for a field that does not matter here. */
  #takerOf(
    tag: number | undefined,
    { offsets, byteCounts }: Parts,
  ): ((value: number) => void) | undefined {
    if (tag === undefined) return undefined;
    if (offsetTags.includes(tag)) return (value) => offsets.push(value);
    if (byteCountTags.includes(tag)) return (value) => byteCounts.push(value);
    return subDirectoryTags.includes(tag) ? (value) => this.#addDirectory(value) : undefined;
  }

  *#numbers(count: number, length: number, take: (value: number) => void): WalkPart<void> {
    this.#numbersLeft -= count;
    for (let index = 0; index < count; index++) take(yield* this.#number(length));
  }

  /** The end of the strip or tile that ends last. */
  #endOfParts(): number {
    let end = 0;
    for (const { offsets, byteCounts } of this.#parts) {
      offsets.forEach((offset, index) => {
        const byteCount = byteCounts[index] ?? 0;
        if (offset !== unknown && byteCount !== unknown) end = Math.max(end, offset + byteCount);
      });
    }
    return end;
  }

  *#number(length: number): WalkPart<number> {
    this.#position += length;
    return yield* this.#readNumber(length);
  }

  *#skip(count: number): WalkPart<void> {
    if (count <= 0) return;
    this.#position += count;
    yield* skip(count);
  }
}
