import { seededRandom } from '../../test/helpers/kill-moments.js';
import type { MeasuredAlbum } from './measured-album.js';

/** What a fleet is to do. */
interface Task {
  albums: number;
  /** In an album, on average. */
  photos: number;
  /** Among which the albums are spread evenly. */
  hosts: number;
  /** Albums of a host at once. */
  perHost: number;
}

/** What a fleet needs for it. */
interface Plan extends Task {
  seconds: number;
  /** With two albums at once on each. */
  machines: number;
  photosPerSecond: number;
  /** Snapshots of states, and bytes of them all. */
  snapshots: number;
  snapshotBytes: number;
  requests: number;
}

/** Seconds between two snapshots. */
const snapshotInterval = 30;
/** Albums differ: most are smaller than the average, and few are many times larger. */
const spread = 0.8;
const albumsOfMachine = 2;

/** Plays through how a fleet works on albums of different sizes, each host's in the order of its queue. */
export function simulate(task: Task, measured: MeasuredAlbum): Plan {
  const { albums, photos, hosts, perHost } = task;
  const random = seededRandom(1);
  const free = Array.from({ length: hosts }, () => new Array<number>(perHost).fill(0));
  const total = { photos: 0, snapshots: 0, snapshotBytes: 0 };
  for (let album = 0; album < albums; album++) {
    const size = sizeOf(photos, random);
    const seconds = measured.startSeconds + size * measured.secondsPhoto;
    const slots = free[album % hosts] as number[];
    const earliest = slots.indexOf(Math.min(...slots));
    slots[earliest] = (slots[earliest] ?? 0) + seconds;
    const regular = Math.floor(seconds / snapshotInterval);
    const whole = size * measured.snapshotBytesPhoto;
    total.photos += size;
    total.snapshots += regular + 1;
    // A state grows evenly, so that one of the regular snapshots has half of it on average.
    total.snapshotBytes += whole + (regular * whole) / 2;
  }
  const seconds = Math.max(...free.flat());
  return {
    ...task,
    ...{ seconds, snapshots: total.snapshots, snapshotBytes: total.snapshotBytes },
    machines: Math.ceil((hosts * perHost) / albumsOfMachine),
    photosPerSecond: total.photos / seconds,
    requests: total.photos * measured.requestsPhoto + total.snapshots,
  };
}

/** A size out of a log-normal distribution with that mean. */
function sizeOf(mean: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round(mean * Math.exp(spread * normal - spread ** 2 / 2)));
}
