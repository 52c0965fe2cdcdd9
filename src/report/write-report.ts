import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../files/make-folder.js';
import { writeWhole } from '../files/whole-file.js';
import { reportJson } from './report-json.js';
import { reportPage } from './report-page.js';
import type { Rescue } from './rescue-report.js';

/** The paths of a report's files. */
export interface WrittenReport {
  page: string;
  data: string;
}

/**
 * Writes `report.html` and `report.json` into a folder, in place of earlier ones.
 *
 * @param folder created if there is none
 * @param storage the storage folder, to which the report's links lead
 * @throws DiskError where they cannot be written
 */
export async function writeReport(
  rescue: Rescue,
  folder: string,
  storage: string,
): Promise<WrittenReport> {
  const way = relative(resolve(folder), resolve(storage));
  const addressOf = (file: string): string => {
    // There is no relative path to another drive of Windows.
    if (isAbsolute(way)) return pathToFileURL(join(way, file)).href;
    const parts = [...way.split(sep), ...file.split('/')];
    return parts
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  };
  const written = { page: join(folder, 'report.html'), data: join(folder, 'report.json') };
  makeFolder(folder);
  await writeWhole(written.data, reportJson(rescue));
  await writeWhole(written.page, reportPage(rescue, addressOf));
  return written;
}
