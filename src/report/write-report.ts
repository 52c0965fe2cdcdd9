import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskError } from '../errors.js';
import { ReportData } from './report-data.js';
import { ReportPage } from './report-page.js';
import type { ReportText } from './report-text.js';
import type { Rescue } from './rescue-report.js';
import { WholeFile } from './whole-file.js';

/** Where a report's files are. */
export interface WrittenReport {
  page: string;
  data: string;
}

/** A file and what goes into it. */
interface Output {
  file: WholeFile;
  text: ReportText;
}

/**
 * Writes `report.html` and `report.json` into a folder, in place of those of before.
 *
 * Both are written side by side, while the album is read once.
 *
 * @param folder made if there is none
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
    // On another drive of Windows there is no relative way.
    if (isAbsolute(way)) return pathToFileURL(join(way, file)).href;
    const parts = [...way.split(sep), ...file.split('/')];
    return parts
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  };
  const written = { page: join(folder, 'report.html'), data: join(folder, 'report.json') };
  const outputs: Output[] = [
    { file: new WholeFile(written.data), text: new ReportData(rescue.report) },
    { file: new WholeFile(written.page), text: new ReportPage(rescue, addressOf) },
  ];
  const onDisk = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw new DiskError(
        `The report could not be written to ${folder}: ${(error as Error).message}. Make room or choose another place with photo-escape report --out`,
        { cause: error },
      );
    });
  const write = async (part: (text: ReportText) => string): Promise<void> => {
    for (const { file, text } of outputs) await onDisk(file.write(part(text)));
  };
  await onDisk(mkdir(folder, { recursive: true }));
  try {
    await write((text) => text.begin());
    for (const part of rescue.parts()) {
      await write((text) =>
        part.isListed ? text.page(part.page) : text.noLongerListed(part.photos),
      );
    }
    await write((text) => text.end());
    for (const { file } of outputs) await onDisk(file.publish());
  } catch (error) {
    for (const { file } of outputs) await file.discard();
    throw error;
  }
  return written;
}
