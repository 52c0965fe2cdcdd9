// File names made of text from outside, for every system that a folder may be copied to: Windows
// (Naming Files, Paths, and Namespaces), macOS (HFS+, APFS) and Linux.

/** File systems allow 255 bytes of UTF-8 in a name; this leaves room for an extension and a suffix. */
const mostBytes = 200;

/** Path separators, the characters that Windows forbids, and the one that a Mac shows as `/`. */
const forbidden = /[<>:"/\\|?*]/g;

/**
 * Control characters, half surrogate pairs, unassigned characters, and invisible formatting; but not
 * the two joiners (U+200C, U+200D), which scripts and emoji need.
 */
const invisible = /[\p{Cc}\p{Cs}\p{Cn}]|(?![\u200c\u200d])\p{Cf}/gu;

const device =
  /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$) *(?:\.|$)/i;

/** Whether Windows takes a file of this name for a device, whatever its extension. */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}

/** The name, with an underscore before it where Windows takes it for a device. */
export function noDeviceName(name: string): string {
  return isDeviceName(name) ? `_${name}` : name;
}

/**
 * The text as one line, without the characters that not every file name can have: separators become
 * `_`, invisible ones go. Letters of all scripts stay, composed (NFC). The result may be empty.
 */
export function fileNameText(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(invisible, '')
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .replace(forbidden, '_')
    .trim();
}

/**
 * A name of a file or folder that every system accepts: it neither begins nor ends with a space or a
 * dot, is no device of Windows, and is not too long. The result may be empty.
 *
 * @param most UTF-16 units at the most; a longer name loses whole letters at its end
 */
export function fileName(text: string, most: number): string {
  const name = shortened(fileNameText(text).replace(/^[. ]+/, ''), most);
  return shortened(noDeviceName(name), most);
}

function shortened(text: string, most: number): string {
  let name = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    const longer = name + segment;
    if (longer.length > most || Buffer.byteLength(longer) > mostBytes) break;
    name = longer;
  }
  return name.replace(/[. ]+$/, '');
}

/**
 * A text that is equal for any two names that some file system takes for the same: some ignore the
 * case of letters, how letters are composed, or invisible characters.
 */
export function sameName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFKD');
}
