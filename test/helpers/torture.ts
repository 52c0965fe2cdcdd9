import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Replica } from '../../src/replica/replica.js';
import { startReplica } from '../../src/replica/server.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';
import { killMoment, seededRandom } from './kill-moments.js';
import { type ProgramRun, startProgram } from './program.js';
import { RequestWitness } from './request-witness.js';
import { comparison, originalFiles, savedAlbum } from './saved-album.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** Downloads at once: the program's default. */
const concurrency = 8;
/** Originals that are whole but not recorded yet, at the most: the disk has still to sync them. */
const mostOnTheirWay = 8;
/** Kills of which each may lose all that is under way; of more, it is `concurrency` on average. */
const fewKills = 20;
/** More than one read of a socket, so that kills hit half-written files too. */
const photoBytes = 100_000;
/** Photos never asked for that a run finds at the least: so no run is over before its moment. */
const fewestNew = 30;
/** Photos that the album starts with, and that are added when too few are new. */
const photosAtOnce = 60;

/** A part of a run's life, as the replica sees it. */
type LifePart = 'starting' | 'signing in' | 'walking' | 'downloading' | 'finishing';

/** How a replica is tortured. */
export interface TortureOrder {
  /** How many times a live run is killed. */
  kills: number;
  /** Decides the moments, as far as chance in the processes leaves them to it. */
  seed: number;
  /** Whether the images move to another host at every kill. */
  movingHost?: boolean;
}

/** What came of a torture. */
export interface TortureReport {
  /** Kills of a live run, by the part of its life that they struck. */
  kills: Record<LifePart, number>;
  /** Runs that ended by themselves before their moment had come. */
  unharmed: number;
  /** Photos in the album at the end. */
  photos: number;
  /** Requests for originals beyond one a photo, over all runs; and the most of one run. */
  askedAgain: number;
  mostAskedAgain: number;
  /** Requests for originals on hosts that the images had left. */
  askedOfFormerHosts: number;
  /** How many of them there may be in all: kills × concurrency, and twice that of few kills. */
  mayAskAgain: number;
  /** Milliseconds from each start but the first until an original was asked for, if it came so far. */
  restarts: number[];
  /** Whatever is promised and did not hold, each in a sentence; empty if all held. */
  broken: string[];
}

/**
 * Crawls a replica with the real program, kills it at random moments (SIGKILL), again and again,
 * adds photos when few are left, then lets a run come to its end, and holds what is saved against
 * what the replica serves. Run `npm run build` before.
 *
 * @param onKill is told the number of kills after each
 */
export async function torture(
  { kills, seed, movingHost = false }: TortureOrder,
  onKill: (kills: number) => void = () => undefined,
): Promise<TortureReport> {
  const witness = new RequestWitness();
  const options = { photos: photosAtOnce, photoBytes, latency: 5, fault: witness.hook };
  const replica = await startReplica(options);
  try {
    return await withTemporaryFolder(async (cwd) => {
      writeFileSync(join(cwd, '.env'), replica.envLines);
      const report = newReport();
      const random = seededRandom(seed);
      for (let kill = 0; kill < kills && report.broken.length === 0; ) {
        const isNew = replica.photos().length - witness.photosAsked;
        if (isNew < fewestNew) replica.addPhotos(photosAtOnce);
        const moment = () => killMoment(kill, { witness, photos: replica.photos().length, random });
        const wasKilled = await run(cwd, replica, witness, report, moment);
        if (!wasKilled) continue;
        kill += 1;
        report.broken.push(...(await unwholeRecords(join(cwd, 'storage'), kill)));
        if (movingHost) await replica.moveImages();
        onKill(kill);
      }
      await run(cwd, replica, witness, report);
      report.photos = replica.photos().length;
      report.askedOfFormerHosts = replica.served.byKind.moved;
      report.askedAgain = witness.originals - witness.photosAsked;
      const mostEach = kills < fewKills ? concurrency + mostOnTheirWay : concurrency;
      report.mayAskAgain = kills * mostEach;
      report.broken.push(...(await brokenPromises(cwd, replica, report)));
      return report;
    });
  } finally {
    await replica.close();
  }
}

function newReport(): TortureReport {
  return {
    kills: { starting: 0, 'signing in': 0, walking: 0, downloading: 0, finishing: 0 },
    unharmed: 0,
    photos: 0,
    askedAgain: 0,
    askedOfFormerHosts: 0,
    mostAskedAgain: 0,
    mayAskAgain: 0,
    restarts: [],
    broken: [],
  };
}

/**
 * Runs the program once, until the moment comes or it ends, and enters what came of it.
 *
 * @returns whether it was killed
 */
async function run(
  cwd: string,
  replica: Replica,
  witness: RequestWitness,
  report: TortureReport,
  moment?: () => Promise<void>,
): Promise<boolean> {
  witness.beginRun();
  const isRestart = existsSync(join(cwd, 'storage'));
  const begun = performance.now();
  const program = startProgram([], { cwd });
  const wasKilled = moment !== undefined && (await killedAt(program, moment()));
  const { code, err } = await program.ended;
  const { firstOriginalAt, originalsAgain } = witness.run;
  if (isRestart && firstOriginalAt !== undefined) report.restarts.push(firstOriginalAt - begun);
  report.mostAskedAgain = Math.max(report.mostAskedAgain, originalsAgain);
  if (wasKilled) report.kills[partOfLife(witness, replica.photos().length)] += 1;
  else if (code !== 0) report.broken.push(`A run ended by itself with exit code ${code}: ${err}`);
  if (!wasKilled && moment !== undefined) report.unharmed += 1;
  return wasKilled;
}

/** Kills the program at the moment; tells whether it was still there. */
async function killedAt({ process }: ProgramRun, moment: Promise<void>): Promise<boolean> {
  const exited = once(process, 'exit');
  await Promise.race([moment, exited]);
  process.kill('SIGKILL');
  const [, signal] = await exited;
  return signal === 'SIGKILL';
}

function partOfLife({ run, photosAsked }: RequestWitness, photos: number): LifePart {
  if (run.requests === 0) return 'starting';
  if (run.pages === 0 && run.originals === 0) return 'signing in';
  if (run.originals === 0) return 'walking';
  return photosAsked < photos ? 'downloading' : 'finishing';
}

/** After a kill: every record's file has to be there, with all its bytes. */
async function unwholeRecords(storage: string, kill: number): Promise<string[]> {
  if (!StorageFolder.exists(storage)) return [];
  return (await savedAlbum(storage))
    .filter(({ status, file, bytes }) => {
      const size = statSync(join(storage, String(file)), { throwIfNoEntry: false })?.size;
      return status === 'saved' && size !== bytes;
    })
    .map(({ id }) => `After kill ${kill} the file of the photo ${id} was not whole.`);
}

async function brokenPromises(
  cwd: string,
  replica: Replica,
  { askedAgain, mayAskAgain, askedOfFormerHosts, photos }: TortureReport,
): Promise<string[]> {
  const storage = join(cwd, 'storage');
  const { saved, served } = await comparison(storage, replica);
  const broken = served
    .filter((photo, place) => JSON.stringify(photo) !== JSON.stringify(saved[place]))
    .map(({ id }) => `The photo ${id} is missing, out of place, or not byte for byte as served.`);
  const files = (await originalFiles(storage)).length;
  if (files !== photos) broken.push(`There are ${files} files of ${photos} photos.`);
  const { code, out } = await startProgram(['export', '--format', 'ids'], { cwd }).ended;
  if (code !== 0) broken.push(`The export ended with exit code ${code}.`);
  const ids = JSON.parse(out) as string[];
  if (ids.length !== photos || new Set(ids).size !== photos) {
    broken.push(`The export has ${ids.length} photos, ${new Set(ids).size} of them different.`);
  }
  if (askedAgain > mayAskAgain) {
    broken.push(`${askedAgain} originals were asked for again; ${mayAskAgain} may be.`);
  }
  if (askedOfFormerHosts > 0) {
    broken.push(
      `${askedOfFormerHosts} originals were asked for on hosts that the images had left.`,
    );
  }
  const temporary = join(storage, 'tmp');
  const leftovers = existsSync(temporary) ? readdirSync(temporary) : [];
  if (leftovers.length > 0) broken.push(`Left in tmp/: ${leftovers.join(', ')}.`);
  return broken;
}
