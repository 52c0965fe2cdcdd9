import type { AlbumPhoto } from '../photo.js';
import { createRandom, type Random } from '../random.js';
import { balloons, city, forest, loneTree, meadow, mountainLake, village } from './landscapes.js';
import { lightAt } from './light.js';
import { oneOf, type Season, type Setting } from './setting.js';
import { beach, dunes, lighthouseCoast, regatta } from './shores.js';
import { abstract, blossoms, fireworks, table } from './still-lifes.js';
import { reef } from './undersea.js';

/** A picture as it is to be drawn, upright, in pixels. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** What stands inside the `<svg>` element. */
  readonly drawing: string;
}

type Motif = (setting: Setting) => string;

const motifs: readonly Motif[] = [
  mountainLake,
  village,
  regatta,
  blossoms,
  loneTree,
  beach,
  city,
  meadow,
  balloons,
  lighthouseCoast,
  forest,
  table,
  dunes,
  mountainLake,
  village,
  regatta,
  loneTree,
  meadow,
  fireworks,
  abstract,
  reef,
];

type Size = readonly [width: number, height: number];

const sizes: Record<'landscape' | 'portrait', readonly [Size, ...Size[]]> = {
  landscape: [
    [800, 600],
    [800, 600],
    [800, 600],
    [800, 600],
    [800, 533],
    [800, 450],
    [640, 480],
    [1024, 768],
    [640, 640],
  ],
  portrait: [
    [600, 800],
    [600, 800],
    [533, 800],
  ],
};

/** Returns the scene that a photo shows. It depends on the photo's id, version, time and rotation. */
export function composeScene(photo: AlbumPhoto): Scene {
  const random = createRandom(`${photo.id}/${photo.version}/scene`);
  const motif = motifOf(photo.serial);
  const [width, height] = drawSize(random, photo);
  const month = Number(photo.takenAt.slice(5, 7));
  const clock = Number(photo.takenAt.slice(11, 13)) + Number(photo.takenAt.slice(14, 16)) / 60;
  const hour = motif === fireworks ? Math.max(21.8, clock) : clock;
  const light = lightAt(hour, random);
  const season = seasonOf(month);
  return { width, height, drawing: motif({ width, height, random, light, season }) };
}

/** Each motif comes up once in every round, so that the same one rarely stands side by side. */
function motifOf(serial: number): Motif {
  const round = createRandom(`round ${Math.floor(serial / motifs.length)}`);
  const order = motifs
    .map((motif) => ({ motif, lot: round() }))
    .sort((one, other) => one.lot - other.lot);
  return order[serial % motifs.length]?.motif ?? mountainLake;
}

function drawSize(random: Random, photo: AlbumPhoto): Size {
  const isOnSide = photo.rotation === 'Rotate90' || photo.rotation === 'Rotate270';
  return oneOf(random, isOnSide || random() < 0.12 ? sizes.portrait : sizes.landscape);
}

function seasonOf(month: number): Season {
  if (month === 12 || month < 3) return 'winter';
  if (month < 6) return 'spring';
  return month < 9 ? 'summer' : 'autumn';
}
