import type { Random } from '../random.js';
import { type Color, color, css, mix, shade } from './color.js';
import { between, gradientDown, lit, px, type Season, type Setting } from './setting.js';

/** Height of the ground (px from the top) at a place (px from the left). */
export type Skyline = (x: number) => number;

const meadows = {
  spring: ['#7fae4c', '#5d9548'],
  summer: ['#8aa548', '#5f8a3c'],
  autumn: ['#b8913f', '#8c7a3a'],
  winter: ['#e9eff6', '#c9d6e6'],
} as const satisfies Record<Season, readonly [string, string]>;

/** Returns the two colours of a meadow in the season, before light falls on it. */
export function meadowColors(season: Season): readonly [Color, Color] {
  return [color(meadows[season][0]), color(meadows[season][1])];
}

/** Returns the line of soft hills around height `y`, that rise and fall by up to `swing` px. */
export function hillLine({ width, random }: Setting, y: number, swing: number): Skyline {
  const waves = [0.7, 1.7, 3.1].map((frequency, index) => ({
    frequency: (frequency * between(random, 0.7, 1.3) * Math.PI * 2) / width,
    phase: random() * Math.PI * 2,
    height: swing / (index + 1.3),
  }));
  return (x) =>
    waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.frequency * x + wave.phase), y);
}

/** Returns the line of jagged mountains around height `y`, with peaks of up to `swing` px. */
function mountainLine({ width, random }: Setting, y: number, swing: number): Skyline {
  const heights = displace(random, 7);
  const step = width / (heights.length - 1);
  return (x) => {
    const at = Math.min(Math.max(x / step, 0), heights.length - 1.001);
    const index = Math.floor(at);
    const left = heights[index] ?? 0;
    const right = heights[index + 1] ?? left;
    return y - swing * (left + (right - left) * (at - index));
  };
}

/** Midpoint displacement: each round halves the distance and the size of the jumps. */
function displace(random: Random, rounds: number): number[] {
  let heights = [random(), random() * 0.6 + 0.4, random()];
  let jump = 0.42;
  for (let round = 1; round < rounds; round++) {
    const finer: number[] = [];
    heights.forEach((height, index) => {
      finer.push(height);
      const next = heights[index + 1];
      if (next !== undefined) finer.push((height + next) / 2 + (random() - 0.5) * jump);
    });
    heights = finer;
    jump *= 0.54;
  }
  return heights;
}

/** Fills the ground below a line, from `fill` at the top to `foot` at the bottom. */
export function ground(
  { width, height }: Setting,
  id: string,
  line: Skyline,
  fill: Color,
  foot: Color,
): string {
  const step = width / 80;
  let path = `M0 ${height}`;
  for (let x = 0; x <= width + step / 2; x += step) path += `L${px(x)} ${px(line(x))}`;
  const gradient = gradientDown(id, [
    [0, fill],
    [1, foot],
  ]);
  return `${gradient}<path d="${path}L${width} ${height}Z" fill="url(#${id})"/>`;
}

/** Ranges of mountains behind each other, the farther the paler, with snow where they are high. */
export function mountains(setting: Setting, horizon: number, ranges: number): string {
  const { random, height, season } = setting;
  const rock = mix(color('#3f5586'), color('#75576a'), random());
  let shapes = '';
  for (let range = 0; range < ranges; range++) {
    const near = range / ranges;
    const swing = height * between(random, 0.24, 0.42) * (1 - near * 0.55);
    const line = mountainLine(setting, horizon - swing * 0.05, swing);
    const face = lit(setting, rock, 0.75 - near * 0.6);
    shapes += ground(setting, `range${range}`, line, face, lit(setting, rock, 0.95 - near * 0.5));
    if (range === 0 || season === 'winter') shapes += snowfields(setting, line, horizon, face);
  }
  return shapes;
}

/** Ragged white caps that follow the line where it is high. */
function snowfields(setting: Setting, line: Skyline, horizon: number, face: Color): string {
  const { width, random } = setting;
  const snow = css(mix(face, shade([250, 250, 255], Math.max(setting.light.ambient, 0.45)), 0.8));
  const step = width / 160;
  const limit = horizon * 0.72;
  let path = '';
  let isOpen = false;
  let lower: string[] = [];
  for (let x = 0; x <= width; x += step) {
    const top = line(x);
    const depth = Math.max(0, limit - top) * between(random, 0.15, 0.75);
    const isSnow = depth > 1;
    if (isSnow) {
      path += `${isOpen ? 'L' : 'M'}${px(x)} ${px(top)}`;
      lower.unshift(`L${px(x)} ${px(top + depth)}`);
    } else if (isOpen) {
      path += `${lower.join('')}Z`;
      lower = [];
    }
    isOpen = isSnow;
  }
  return `<path d="${path}${lower.join('')}" fill="${snow}"/>`;
}

/** Rolling hills behind each other down to the bottom; gives the nearest hill's line as well. */
export function hills(
  setting: Setting,
  horizon: number,
  count: number,
): { shapes: string; nearest: Skyline; lines: Skyline[] } {
  const { height, random } = setting;
  const [bright, deep] = meadowColors(setting.season);
  const lines: Skyline[] = [];
  let shapes = '';
  for (let hill = 0; hill < count; hill++) {
    const near = (hill + 1) / count;
    const y = horizon + (height - horizon) * 0.62 * (hill / count) ** 1.1;
    const line = hillLine(setting, y, height * between(random, 0.03, 0.06));
    const face = lit(setting, mix(bright, deep, random()), 0.8 * (1 - near) ** 1.2);
    shapes += ground(setting, `hill${hill}`, line, face, shade(face, 0.62));
    lines.push(line);
  }
  return { shapes, nearest: lines.at(-1) ?? (() => horizon), lines };
}
