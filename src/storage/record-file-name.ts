import { createHash } from 'node:crypto';

const extensions: Record<string, string> = {
  'application/json': 'json',
  'application/octet-stream': 'bin',
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/vnd.microsoft.icon': 'ico',
  'image/x-icon': 'ico',
  'text/javascript': 'js',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'video/mpeg': 'mpg',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/x-ms-wmv': 'wmv',
  'video/x-msvideo': 'avi',
};

/** Names that Windows takes for devices, whatever extension follows. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A letter has to be in it: what follows the last dot of a date or a number is no extension. */
const extensionAtEnd = /\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,8}$/i;

/** In characters, of the 255 bytes that file systems allow. */
const longestStem = 150;

/**
 * The name of the file that holds a record's value: different for different keys, also where the
 * file system ignores the case of letters, and safe on every system. A key that is such a name,
 * in lower case and with an extension, is used as it is. Else the name has a `~`, which no key gets
 * into it: `key~.jpg` where only the extension was added; `key~`, a hash of the key and the
 * extension where the rest does not tell it from a similar key. Characters other than letters,
 * digits and `-_.!'()` stand as `%` and their UTF-8 bytes.
 */
export function recordFileName(key: string, contentType: string): string {
  const ending = extensionAtEnd.exec(key);
  if (!ending || ending.index === 0)
    return `${marked(safeStem(key)) ?? hashedStem(key)}.${extensionFor(contentType)}`;
  const stem = key.slice(0, ending.index);
  const extension = ending[0].toLowerCase();
  const safe = extension === ending[0] ? safeStem(stem) : undefined;
  return `${safe ?? hashedStem(stem, key)}${extension}`;
}

/** A store's folder name: its name if that is a safe one in lower case, else as for files. */
export function storeFolderName(name: string): string {
  return safeStem(name)?.replace(/\.$/, '%2e') ?? hashedStem(name);
}

/** The extension, without a dot, for a content type; `bin` if none is known. */
function extensionFor(contentType: string): string {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const subtype = type.split('/')[1]?.replace(/^x-/, '').replace(/^.*\+/, '') ?? '';
  return extensions[type] ?? (/^[a-z][a-z0-9]{1,7}$/.test(subtype) ? subtype : 'bin');
}

/** The stem if it tells the key from every other one, else `undefined`. */
function safeStem(stem: string): string | undefined {
  const encoded = encode(stem);
  const isSafe =
    encoded === encoded.toLowerCase() &&
    encoded.length <= longestStem &&
    !deviceName.test(encoded.split('.', 1)[0] ?? '');
  return isSafe ? encoded : undefined;
}

function marked(stem: string | undefined): string | undefined {
  return stem === undefined ? undefined : `${stem}~`;
}

function hashedStem(stem: string, key = stem): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 20);
  // Without dots, because a device name before the first dot is one still.
  const start = encode(stem).toLowerCase().replaceAll('.', '-').slice(0, longestStem);
  return `${start}~${hash}`;
}

function encode(text: string): string {
  return text.replace(/^\.|[^a-zA-Z0-9\-_.!'()]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
