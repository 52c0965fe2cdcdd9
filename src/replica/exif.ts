/** What the replica writes into a picture's EXIF block. */
export interface ExifFields {
  readonly make: string;
  readonly model: string;
  /** `YYYY-MM-DDTHH:MM:SS`, by the camera's clock. */
  readonly takenAt: string;
  /** EXIF orientation: 1 upright, 3 upside down, 6 and 8 on its side. */
  readonly orientation: 1 | 3 | 6 | 8;
}

interface Field {
  readonly tag: number;
  readonly type: 2 | 3 | 4 | 7;
  readonly value: Buffer;
}

/** Field types of the TIFF format, by the number that stands for them. */
const ascii = 2;
const short = 3;
const long = 4;
const opaque = 7;

/** Returns a complete APP1 segment (marker and length included) with the EXIF block of a JPEG. */
export function exifSegment(fields: ExifFields): Buffer {
  const takenAt = text(fields.takenAt.replaceAll('-', ':').replace('T', ' '));
  const detail: Field[] = [
    { tag: 0x9000, type: opaque, value: Buffer.from('0221', 'latin1') },
    { tag: 0x9003, type: ascii, value: takenAt },
    { tag: 0x9004, type: ascii, value: takenAt },
  ];
  const main = (detailAt: number): Field[] => [
    { tag: 0x010f, type: ascii, value: text(fields.make) },
    { tag: 0x0110, type: ascii, value: text(fields.model) },
    { tag: 0x0112, type: short, value: number16(fields.orientation) },
    { tag: 0x0132, type: ascii, value: takenAt },
    { tag: 0x8769, type: long, value: number32(detailAt) },
  ];
  const mainAt = 8;
  const detailAt = mainAt + directory(main(0), mainAt).length;
  const header = Buffer.from('4949' + '2a00' + '08000000', 'hex');
  const block = Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    header,
    directory(main(detailAt), mainAt),
    directory(detail, detailAt),
  ]);
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(block.length + 2, 2);
  return Buffer.concat([marker, block]);
}

/** Lays out one TIFF directory at offset `at`, values longer than four bytes behind its entries. */
function directory(fields: readonly Field[], at: number): Buffer {
  const entries = Buffer.alloc(2 + fields.length * 12 + 4);
  const values: Buffer[] = [];
  let valueAt = at + entries.length;
  entries.writeUInt16LE(fields.length, 0);
  fields.forEach((field, index) => {
    const entry = 2 + index * 12;
    const size = field.type === short ? 2 : field.type === long ? 4 : 1;
    entries.writeUInt16LE(field.tag, entry);
    entries.writeUInt16LE(field.type, entry + 2);
    entries.writeUInt32LE(field.value.length / size, entry + 4);
    if (field.value.length <= 4) {
      field.value.copy(entries, entry + 8);
      return;
    }
    const even = field.value.length % 2 === 0 ? field.value : Buffer.concat([field.value, nul]);
    entries.writeUInt32LE(valueAt, entry + 8);
    values.push(even);
    valueAt += even.length;
  });
  return Buffer.concat([entries, ...values]);
}

const nul = Buffer.alloc(1);

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'latin1');
}

function number16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
