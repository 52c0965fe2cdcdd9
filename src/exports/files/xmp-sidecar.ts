import { type CheerioAPI, load } from 'cheerio';
import { photoDate } from '../../album/photo-date.js';
import type { SavedEntry } from '../saved-entry.js';

const emptyPacket = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/">
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;

/** How a property stores its value: as text, or in one of RDF's containers (XMP part 1, 7). */
type Shape = 'text' | 'rdf:Alt' | 'rdf:Bag' | 'rdf:Seq';

interface Property {
  name: string;
  shape: Shape;
  values: readonly string[];
}

/** The characters that XML 1.0 does not allow (2.2, Char). */
const notInXml = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A path of titles as photo programs write it. A separator in a title is replaced. */
function titlePath(titles: readonly string[], separator: string): string {
  return titles.map((title) => title.replaceAll(separator, '-')).join(separator);
}

function propertiesOf({ photo, outcome }: SavedEntry): Property[] {
  const property = (
    name: string,
    shape: Shape,
    values: readonly (string | undefined)[],
  ): Property => ({
    name,
    shape,
    values: values.filter((value) => value !== undefined),
  });
  const dated = photoDate(photo, outcome);
  // The time of an upload does not say when the picture was made.
  const created = dated?.source === 'upload' ? undefined : dated?.date;
  const albums = photo.album ?? [];
  const paths = (separator: string) => (albums.length === 0 ? [] : [titlePath(albums, separator)]);
  return [
    property('dc:title', 'rdf:Alt', [photo.title]),
    property('dc:description', 'rdf:Alt', [photo.caption]),
    property('dc:creator', 'rdf:Seq', [photo.sender]),
    property('dc:date', 'rdf:Seq', [photo.uploadedAt]),
    property('dc:subject', 'rdf:Bag', [...new Set(albums)]),
    property('dc:source', 'text', [photo.originalUrl]),
    property('xmp:CreateDate', 'text', [created]),
    property('photoshop:DateCreated', 'text', [created]),
    property('xmpMM:PreservedFileName', 'text', [photo.fileName]),
    property('lr:hierarchicalSubject', 'rdf:Bag', paths('|')),
    property('digiKam:TagsList', 'rdf:Seq', paths('/')),
  ].filter(({ values }) => values.length > 0);
}

function element($: CheerioAPI, name: string, text = '') {
  return $(`<${name}></${name}>`).text(text.replace(/\r\n?/g, '\n').replace(notInXml, ''));
}

function written($: CheerioAPI, { name, shape, values }: Property) {
  if (shape === 'text') return element($, name, values[0]);
  const container = element($, shape);
  for (const value of values) {
    const item = element($, 'rdf:li', value);
    if (shape === 'rdf:Alt') item.attr('xml:lang', 'x-default');
    container.append('\n     ', item);
  }
  return element($, name).append('\n    ', container.append('\n    '), '\n   ');
}

/**
 * What the album says of a photo, as an XMP packet for a file beside it (ISO 16684-1): title,
 * caption, sender, albums, dates and the original's address, in the properties that photo programs
 * read. The albums are keywords, and paths for Lightroom and digiKam.
 */
export function xmpSidecar(entry: SavedEntry): string {
  const $ = load(emptyPacket, { xml: true });
  const description = $('rdf\\:Description');
  for (const property of propertiesOf(entry)) {
    description.append(' ', written($, property), '\n  ');
  }
  return $.xml();
}
