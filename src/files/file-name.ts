/**
 * Parts of file names out of text that came from outside, for every system that a folder may be
 * carried to: Windows (Naming Files, Paths, and Namespaces), macOS (HFS+, APFS) and Linux.
 */

/** Bytes of UTF-8 in one name that file systems allow, less room for an extension and a suffix. */
const mostBytes = 200;

/** Separators of paths, what Windows forbids in names, and what a Mac shows as a separator. */
const forbidden = /[<>:"/\\|?*]/g;

/**
 * Control characters, halves of characters, characters that Unicode does not have, and formatting
 * that is not seen; but not the two joiners, of which scripts and emoji are made.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Cn}]|(?![\u200c\u200d])\p{Cf}/gu;

/** Names that Windows takes for devices, whatever extension follows. */
const device =
  /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * One line of text without the characters that no file name can have; those that separate are made
 * `_`. Letters of all scripts are kept, composed (NFC). Perhaps empty.
 */
export function fileNameText(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(unseen, '')
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .replace(forbidden, '_')
    .trim();
}

/**
 * A name of a file or folder that every system takes as it stands: it does not begin or end in a
 * space or a dot, is none of Windows' devices, and not too long. Perhaps empty.
 *
 * @param most characters (UTF-16) at the most; whole letters are cut off at the end
 */
export function fileName(text: string, most: number): string {
  const name = shortened(fileNameText(text).replace(/^[. ]+/, ''), most);
  return device.test(name) ? shortened(`_${name}`, most) : name;
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
 * The same for any two names that some file system takes for one: those that ignore the case of
 * letters, how letters are composed, or characters that are not seen.
 */
export function sameName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFKD');
}
