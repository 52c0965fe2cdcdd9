import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { AlbumCounts } from '../src/album/counts.js';
import type { ExportedPhoto } from '../src/exports/fields.js';
import type { FaultHook } from '../src/replica/fault/fault.js';
import type { Replica } from '../src/replica/replica.js';
import { startProgram } from './helpers/program.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { runProgram } from './helpers/run-program.js';
import { savedAlbum } from './helpers/saved-album.js';
import { waitUntil } from './helpers/wait-until.js';

type Fault = { hook: FaultHook };

/**
 * Makes an album with photos of every kind: saved, failed, pending, no longer listed, and lost since.
 *
 * @returns the last line of the last run
 */
async function makeAlbum(replica: Replica, cwd: string, fault: Fault): Promise<string> {
  const [failed, departed = '', lost = ''] = replica.photos().map(({ id }) => id);
  const failing: FaultHook = ({ kind, photoId }) =>
    kind === 'original' && photoId === failed ? { kind: 'status', status: 404 } : undefined;
  fault.hook = failing;
  expect((await runProgram([], { cwd })).code).toBe(3);
  replica.removePhotos([departed, lost]);
  expect((await runProgram([], { cwd })).code).toBe(3);
  const { file } = (await savedAlbum(join(cwd, 'storage'))).find(({ id }) => id === lost) ?? {};
  rmSync(join(cwd, 'storage', String(file)));
  expect((await runProgram(['verify', '--repair'], { cwd })).code).toBe(3);

  replica.addPhotos(5);
  fault.hook = (request) =>
    request.kind === 'original' && [2, 3].includes(request.photoIndex ?? 0)
      ? { kind: 'stall', afterBytes: 100 }
      : failing(request);
  const run = startProgram(['--concurrency', '4'], { cwd });
  const pagesBefore = replica.requests.length;
  const walked = () =>
    replica.requests.slice(pagesBefore).filter(({ kind, page }) => kind === 'page' && page === 4);
  await waitUntil(() => replica.stalled === 2 && walked().length > 0);
  run.process.kill('SIGTERM');
  const { code, err } = await run.ended;
  expect(code).toBe(143);
  return err.trimEnd().split('\n').at(-1) ?? '';
}

/** How many of these photos have each status. */
function byStatus(photos: readonly { status?: unknown }[]) {
  const having = (status: string) => photos.filter((photo) => photo.status === status).length;
  return { saved: having('saved'), failed: having('failed'), pending: having('pending') };
}

/** The date that an exported photo says counts for it. */
function dateOf({ dateSource, takenAt, date, uploadedAt }: ExportedPhoto): unknown {
  const dates: Record<string, unknown> = { exif: takenAt, site: date, upload: uploadedAt };
  return dates[String(dateSource)];
}

test('status, report, exports, gallery and the last line say the same of the same album', async () => {
  const fault: Fault = { hook: () => undefined };
  const hook: FaultHook = (request) => fault.hook(request);
  await withProgramReplica({ photos: 10, pageSize: 5, fault: hook }, async (replica, cwd) => {
    const lastLine = await makeAlbum(replica, cwd, fault);
    const output = async (...words: string[]) => (await runProgram(words, { cwd })).out;

    const { counts, bytes } = JSON.parse(await output('status', '--json')) as {
      counts: AlbumCounts;
      bytes: number;
    };
    const { listed, saved, failed, pending, left, lost } = counts;
    expect([failed, lost, left]).toEqual([2, 1, 1]);
    expect(Math.min(saved, pending)).toBeGreaterThan(0);
    expect(saved + failed + pending).toBe(listed + left + lost);

    const numbers = lastLine.match(/\d+/g)?.map(Number) ?? [];
    const [savedNow = 0, alreadyHad = 0, failedNow, listedNow] = numbers;
    expect([savedNow + alreadyHad, failedNow, listedNow]).toEqual([
      saved - left,
      failed - lost,
      listed,
    ]);

    await output('report');
    const report = JSON.parse(readFileSync(join(cwd, 'storage', 'report.json'), 'utf8'));
    expect([report.counts, report.bytes]).toEqual([counts, bytes]);
    const reported = [
      ...report.pages.flatMap(({ photos }: { photos: object[] }) => photos),
      ...report.noLongerListed,
    ];
    expect(byStatus(reported)).toEqual({ saved, failed, pending });

    const json = JSON.parse(await output('export', '--format', 'json'));
    expect(json.counts).toEqual({ listed, saved, failed, pending });
    expect(byStatus(json.photos)).toEqual({ saved, failed, pending });
    const summary = ({ id, status, date }: Record<string, unknown>) => ({ id, status, date });
    expect(reported.map(summary)).toEqual(
      json.photos.map((photo: ExportedPhoto) => summary({ ...photo, date: dateOf(photo) })),
    );

    const ids = JSON.parse(await output('export', '--format', 'ids'));
    const savedPhotos = json.photos.filter(({ status }: ExportedPhoto) => status === 'saved');
    expect(ids).toEqual(savedPhotos.map(({ id }: ExportedPhoto) => id));
    const rows = (await output('export', '--format', 'csv')).trimEnd().split('\r\n').slice(1);
    const statuses = rows.map((row) => ({ status: row.split(',')[2] }));
    expect(byStatus(statuses)).toEqual({ saved, failed, pending });

    await output('export', '--format', 'files', '--out', 'files');
    const sums = readFileSync(join(cwd, 'files', 'SHA256SUMS'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(sums).toHaveLength(saved);
    const { err } = await runProgram(['export', '--format', 'gallery', '--out', 'gallery'], {
      cwd,
    });
    expect(err).toContain(`${saved} photos in the gallery`);
    expect(load(readFileSync(join(cwd, 'gallery', 'index.html'), 'utf8')).text()).toContain(
      `${saved} photos`,
    );
  });
});
