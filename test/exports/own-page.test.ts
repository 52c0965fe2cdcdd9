import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { albumCounts } from '../../src/album/counts.js';
import type { AlbumExport, FolderExporter, FormatOptions } from '../../src/exports/album-export.js';
import { exportCsv } from '../../src/exports/csv.js';
import { exportFiles } from '../../src/exports/files/export-files.js';
import { parseNamePattern } from '../../src/exports/files/name-pattern.js';
import { exportGallery } from '../../src/exports/gallery/export-gallery.js';
import { exportJson } from '../../src/exports/json.js';
import { loadProfile } from '../../src/profile/load.js';
import { readSavedAlbum } from '../../src/rescue/saved-album.js';
import { picture, withTestSite } from '../helpers/escape-site.js';

const said = { caption: 'At the lake', fileName: 'DSC_1105.PNG', date: '2009-12-21T06:58:00' };
const photoPage = `
<div class="image_date">Taken on 21/12/2009 at 06:58</div>
<div class="image_comment">${said.caption}</div>
<div class="original_link"><a href="${said.fileName}">Original picture</a></div>`;

/** Every file of a folder as one text, after its name. */
function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(
      (name) => `${name}\n${/\.(?:html|xmp)$/.test(name) ? readFileSync(join(folder, name)) : ''}`,
    )
    .join('\n');
}

async function saved(storage: string): Promise<AlbumExport> {
  return readSavedAlbum(storage, async (album, identity) => ({
    identity,
    entries: [...album.entries()],
    doubts: [],
    counts: albumCounts(album).counts,
    exportedAt: '2026-11-22T10:00:00.000Z',
  }));
}

test('what is read on a photo’s own page stands in every export and in the report', async () => {
  const site = {
    '/': '<p id="subgal_links"></p><div id="medias"><div class="media"><a href="DSC_1105.html"><img src="t.jpg"></a></div></div>',
    '/DSC_1105.html': photoPage,
    [`/${said.fileName}`]: await picture(1),
  };
  await withTestSite(
    loadProfile('lazygal'),
    () => site,
    async ({ run, storage }) => {
      expect((await run()).ending).toBe('complete');
      const album = await saved(storage);
      const signal = new AbortController().signal;
      const toFolder = async (exporter: FolderExporter, options: FormatOptions) => {
        const folder = join(storage, 'out', exporter.name);
        await exporter(album, { storage, folder, options, signal, progress: () => undefined });
        return contentOf(folder);
      };
      const name = parseNamePattern('{year}/{date} {name}');
      const files = await toFolder(exportFiles, { name, sidecar: 'xmp' });
      expect(files).toContain(join('2009', '2009-12-21 DSC_1105.png'));
      expect(files).toContain(`>${said.caption}</rdf:li>`);
      expect(files).toContain(`<photoshop:DateCreated>${said.date}</photoshop:DateCreated>`);
      expect(files).toContain(`<xmpMM:PreservedFileName>${said.fileName}<`);
      expect(files).toMatch(/<dc:source>http:.*\/DSC_1105\.PNG</);

      const gallery = await toFolder(exportGallery, {});
      expect(gallery).toContain(join('pages', '2009.html'));
      expect(gallery).toContain(`<p class="text" dir="auto">${said.caption}</p>`);

      const [photo] = JSON.parse((await exportJson(album).toArray()).join('')).photos;
      expect(photo).toMatchObject({ ...said, dateSource: 'site', page: 1, position: 1 });
      const csv = (await exportCsv(album).toArray()).join('');
      for (const text of Object.values(said)) expect(csv).toContain(`,${text},`);

      const report = JSON.parse(readFileSync(join(storage, 'report.json'), 'utf8'));
      expect(report.dates).toEqual({ first: said.date, last: said.date, photos: 1 });
    },
  );
});
