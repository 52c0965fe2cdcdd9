import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskError } from '../errors.js';
import { reportPage } from './report-page.js';
import { type RescueReport, reportData } from './rescue-report.js';

/** Where a report's files are. */
export interface WrittenReport {
  page: string;
  data: string;
}

/** Writes a file beside its place and moves it there when it is whole. */
async function writeWhole(path: string, text: Iterable<string>): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Writes `report.html` and `report.json` into a folder, in place of those of before.
 *
 * @param folder made if there is none
 * @param storage the storage folder, to which the report's links lead
 * @throws DiskError where they cannot be written
 */
export async function writeReport(
  report: RescueReport,
  folder: string,
  storage: string,
): Promise<WrittenReport> {
  const way = relative(resolve(folder), resolve(storage));
  const addressOf = (file: string): string => {
    // On another drive of Windows there is no relative way.
    if (isAbsolute(way)) return pathToFileURL(join(way, file)).href;
    const parts = [...way.split(sep), ...file.split('/')];
    return parts
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  };
  const written = { page: join(folder, 'report.html'), data: join(folder, 'report.json') };
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(written.data, reportData(report));
    await writeWhole(written.page, reportPage(report, addressOf));
    return written;
  } catch (error) {
    throw new DiskError(
      `The report could not be written to ${folder}: ${(error as Error).message}. Make room or choose another place with photo-escape report --out`,
      { cause: error },
    );
  }
}
