/**
 * Kinds of file that cannot be an original, each with the beginnings of its MIME types as file-type
 * names them. Refused types are listed rather than accepted ones, because file-type has camera and
 * studio formats under application/ too (MXF, ASF, DICOM, InDesign, FlashPix as CFB).
 */
const refusedKinds = {
  'a gzip archive': ['application/gzip'],
  'an archive': [
    'application/java-archive',
    'application/vnd.ms-cab-compressed',
    'application/x-7z-compressed',
    'application/x-ace-compressed',
    'application/x-arj',
    'application/x-asar',
    'application/x-bzip2',
    'application/x-compress',
    'application/x-cpio',
    'application/x-lz4',
    'application/x-lzh-compressed',
    'application/x-lzip',
    'application/x-rar-compressed',
    'application/x-tar',
    'application/x-unix-archive',
    'application/x-xz',
    'application/zip',
    'application/zstd',
  ],
  'a disk image': ['application/x-apple-diskimage'],
  'a program': [
    'application/java-vm',
    'application/vnd.android.package-archive',
    'application/wasm',
    'application/x-deb',
    'application/x-elf',
    'application/x-google-chrome-extension',
    'application/x-mach-binary',
    'application/x-ms-regedit',
    'application/x-msdownload',
    'application/x-nintendo-nes-rom',
    'application/x-rpm',
    'application/x-xpinstall',
  ],
  'a shortcut to a file': ['application/x.apple.alias', 'application/x.ms.shortcut'],
  'a document': [
    'application/epub',
    'application/rtf',
    'application/vnd.ms-excel',
    'application/vnd.ms-htmlhelp',
    'application/vnd.ms-outlook',
    'application/vnd.ms-powerpoint',
    'application/vnd.ms-word',
    'application/vnd.oasis.opendocument',
    'application/vnd.openxmlformats-officedocument',
    'application/vnd.visio',
    'application/x-mobipocket-ebook',
  ],
  'a font': ['application/vnd.ms-fontobject', 'font/'],
  'a 3D model': [
    'application/vnd.google.draco',
    'application/vnd.sketchup',
    'application/x.autodesk.fbx',
    'model/',
  ],
  'a data file': [
    'application/avro',
    'application/vnd.apache.arrow',
    'application/vnd.apache.parquet',
    'application/vnd.iccprofile',
    'application/vnd.tcpdump.pcap',
    'application/x-esri-shape',
    'application/x-ft-windows-registry-hive',
    'application/x-jmp-data',
    'application/x-spss-sav',
    'application/x-sqlite3',
  ],
  'an encrypted message': ['application/pgp-encrypted'],
  'an XML document': ['application/xml'],
  text: ['text/'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Names the kind of file of a MIME type, if it cannot be an original.
 *
 * @param mimeType MIME type as file-type names it
 * @returns words that end a sentence such as "the server sent …"
 */
export function refusedKindOf(mimeType: string): string | undefined {
  const isOfType = (start: string) => mimeType.startsWith(start);
  return Object.entries(refusedKinds).find(([, starts]) => starts.some(isOfType))?.[0];
}
