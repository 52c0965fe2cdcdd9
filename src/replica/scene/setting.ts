import type { Random } from '../random.js';
import { type Color, css, mix, shade } from './color.js';
import type { Light } from './light.js';

/** Season of the year, on the northern half of the earth. */
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** What every part of a scene is drawn with: SVG text, in pixels from the top left corner. */
export interface Setting {
  readonly width: number;
  readonly height: number;
  readonly random: Random;
  readonly light: Light;
  readonly season: Season;
}

/** Returns a number between two bounds, at random. */
export function between(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}

/** Returns one of the choices, at random. */
export function oneOf<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** Writes a length or coordinate for SVG, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/**
 * Returns a thing's colour in the setting's light: darker and tinted by the sky as the hour has it,
 * and paler the farther it is (`distance` 0 near, 1 at the horizon).
 */
export function lit({ light }: Setting, base: Color, distance = 0): Color {
  const tinted = mix(shade(base, light.ambient), light.sky[1], 0.16 - 0.08 * light.ambient);
  return mix(tinted, light.sky[2], distance * 0.82);
}

/** Returns a linear gradient from top to bottom, to stand in front of what is filled with it. */
export function gradientDown(
  id: string,
  stops: readonly (readonly [number, Color, number?])[],
): string {
  const marks = stops.map(
    ([offset, stop, opacity = 1]) =>
      `<stop offset="${px(offset * 100)}%" stop-color="${css(stop)}" stop-opacity="${opacity}"/>`,
  );
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${marks.join('')}</linearGradient>`;
}

/** Returns a radial gradient that fades from `core` to nothing at its rim. */
export function glow(id: string, core: Color, opacity: number, middle = 0.5): string {
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${css(core)}" stop-opacity="${opacity}"/><stop offset="${middle}" stop-color="${css(core)}" stop-opacity="${px(opacity * 4) === '0' ? 0 : opacity * 0.4}"/><stop offset="1" stop-color="${css(core)}" stop-opacity="0"/></radialGradient>`;
}
