import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import { xmpSidecar } from '../../../src/exports/files/xmp-sidecar.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { type Said, savedEntry } from './saved-files.js';

const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;
// Where all is checked, a missing tool is an error; elsewhere the tests are skipped by name.
const withExiftool = hasExiftool || process.env.CI === 'true' ? test : test.skip;

type Tags = Record<string, unknown>;

/** What exiftool reads from these sidecars, each with all its warnings. */
function readBack(texts: readonly string[]): Promise<Tags[]> {
  return withTemporaryFolder((folder) => {
    const files = texts.map((text, index) => {
      const file = join(folder, `${String(index).padStart(4, '0')}.xmp`);
      writeFileSync(file, text);
      return file;
    });
    const words = ['-q', '-json', '-G1', '-struct', '-validate', '-warning', '-error', '-a'];
    const all = JSON.parse(
      execFileSync('exiftool', [...words, '-XMP:all', ...files], {
        encoding: 'utf8',
      }),
    ) as Tags[];
    return all.map(({ SourceFile: _file, ...tags }) => tags);
  });
}

const everything: Said = {
  uploadedAt: '2016-11-24T00:43:59.217Z',
  takenAt: '2012-07-04T12:34:56',
  title: 'Am Meer <1>',
  caption: 'Oma & "Opa"\nin der Brandung 👨‍👩‍👧',
  sender: 'Größmann, Ö.',
  album: ['Familie', 'Sommer/Winter | 2012'],
  fileName: 'IMG_0042.JPG',
};

describe('a sidecar', () => {
  withExiftool('has what the album says, and exiftool finds nothing wrong with it', async () => {
    const [tags] = await readBack([xmpSidecar(savedEntry('a', everything))]);
    expect(tags).toEqual({
      'ExifTool:Validate': 'OK',
      'XMP-dc:Title': everything.title,
      'XMP-dc:Description': everything.caption,
      'XMP-dc:Creator': [everything.sender],
      'XMP-dc:Date': ['2016:11:24 00:43:59.217Z'],
      'XMP-dc:Subject': everything.album,
      'XMP-dc:Source': 'https://images.test/26~a~a.jpg',
      'XMP-xmp:CreateDate': '2012:07:04 12:34:56',
      'XMP-photoshop:DateCreated': '2012:07:04 12:34:56',
      'XMP-xmpMM:PreservedFileName': 'IMG_0042.JPG',
      'XMP-lr:HierarchicalSubject': ['Familie|Sommer/Winter - 2012'],
      'XMP-digiKam:TagsList': ['Familie/Sommer-Winter | 2012'],
    });
  });

  withExiftool(
    'leaves out what is not known, and claims no date that is the upload’s',
    async () => {
      const [tags] = await readBack([
        xmpSidecar(savedEntry('a', { uploadedAt: '2016-11-24T00:43:59.217Z' })),
      ]);
      expect(tags).toEqual({
        'ExifTool:Validate': 'OK',
        'XMP-dc:Date': ['2016:11:24 00:43:59.217Z'],
        'XMP-dc:Source': 'https://images.test/26~a~a.jpg',
      });
    },
  );

  withExiftool('comes back whole, whatever the album says', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({
        unit: fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<!--', '\r\n', 'a', 'ä'),
      }),
    );
    const captions = fc.sample(text, { numRuns: 200, seed: 7 }).map((caption) => `·${caption}·`);
    const all = await readBack(captions.map((caption) => xmpSidecar(savedEntry('a', { caption }))));
    expect(all.map((tags) => tags['ExifTool:Validate'])).toEqual(captions.map(() => 'OK'));
    expect(all.map((tags) => tags['XMP-dc:Description'])).toEqual(
      captions.map((caption) => caption.replaceAll('\r\n', '\n')),
    );
  });

  test('holds each property as the XMP specification says', () => {
    const $ = load(xmpSidecar(savedEntry('a', everything)), { xml: true });
    const shapes = $('rdf\\:Description')
      .children()
      .toArray()
      .map((property) => [property.tagName, $(property).children().get(0)?.tagName]);
    expect(Object.fromEntries(shapes)).toEqual({
      'dc:title': 'rdf:Alt',
      'dc:description': 'rdf:Alt',
      'dc:creator': 'rdf:Seq',
      'dc:date': 'rdf:Seq',
      'dc:subject': 'rdf:Bag',
      'dc:source': undefined,
      'xmp:CreateDate': undefined,
      'photoshop:DateCreated': undefined,
      'xmpMM:PreservedFileName': undefined,
      'lr:hierarchicalSubject': 'rdf:Bag',
      'digiKam:TagsList': 'rdf:Seq',
    });
    for (const item of $('rdf\\:Alt > rdf\\:li').toArray()) {
      expect($(item).attr('xml:lang')).toBe('x-default');
    }
  });

  test('has no text as anything but text, and none that XML cannot have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (caption) => {
        const xml = xmpSidecar(
          savedEntry('a', { caption: `${caption}</rdf:li>\u0000\ud800\ufffe` }),
        );
        expect(Buffer.from(xml).toString()).toBe(xml);
        expect(xml).not.toMatch(/[^\P{Cc}\n\t]|[\ufffe\uffff]/u);
        const $ = load(xml, { xml: true });
        expect($('rdf\\:li')).toHaveLength(1);
        expect($('rdf\\:li').attr('xml:lang')).toBe('x-default');
      }),
    );
  });
});
