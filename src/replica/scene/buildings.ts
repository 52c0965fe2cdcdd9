import type { Random } from '../random.js';
import { color, css, mix, shade } from './color.js';
import { between, glow, lit, oneOf, px, type Setting } from './setting.js';

const walls = [
  '#f1e6d2',
  '#e9d3b0',
  '#d98f6a',
  '#f6f1e8',
  '#c9d4d8',
  '#e5bd6c',
  '#c96f5c',
] as const;
const roofs = ['#a8452f', '#7d3b2e', '#5d5550', '#8d5a3a', '#47566a'] as const;
const lamplight = color('#ffd77a');

/** Colour of a window: glass by day, lamplight from dusk on. */
function windowColor(setting: Setting): string {
  if (setting.light.ambient > 0.65) return css(lit(setting, color('#51687c')));
  return css(setting.random() < 0.75 ? lamplight : shade(color('#3c4658'), 0.7));
}

/** A house with its middle at x and its foot at y, `size` px wide. */
export function house(setting: Setting, x: number, y: number, size: number, distance = 0): string {
  const { random, season, light } = setting;
  const wall = lit(setting, color(oneOf(random, walls)), distance);
  const roofTone = lit(setting, color(oneOf(random, roofs)), distance);
  const roof =
    season === 'winter' ? mix(roofTone, shade([248, 250, 255], light.ambient), 0.85) : roofTone;
  const tall = size * between(random, 0.5, 0.75);
  const peak = size * between(random, 0.35, 0.55);
  const left = x - size / 2;
  const parts = [
    `<rect x="${px(left + size * 0.68)}" y="${px(y - tall - peak * 0.95)}" width="${px(size * 0.12)}" height="${px(peak)}" fill="${css(shade(roofTone, 0.7))}"/>`,
    `<rect x="${px(left)}" y="${px(y - tall)}" width="${px(size)}" height="${px(tall + 2)}" fill="${css(wall)}"/>`,
    `<rect x="${px(left + size * 0.7)}" y="${px(y - tall)}" width="${px(size * 0.3)}" height="${px(tall + 2)}" fill="${css(shade(wall, 0.84))}"/>`,
    `<path d="M${px(left - size * 0.08)} ${px(y - tall + 1)}L${px(x - size * 0.06)} ${px(y - tall - peak)}h${px(size * 0.12)}L${px(left + size * 1.08)} ${px(y - tall + 1)}Z" fill="${css(roof)}"/>`,
    `<rect x="${px(x - size * 0.07)}" y="${px(y - tall * 0.48)}" width="${px(size * 0.15)}" height="${px(tall * 0.48)}" fill="${css(shade(roofTone, 0.8))}"/>`,
  ];
  for (const place of [0.12, 0.72]) {
    parts.push(
      `<rect x="${px(left + size * place)}" y="${px(y - tall * 0.72)}" width="${px(size * 0.16)}" height="${px(tall * 0.28)}" fill="${windowColor(setting)}"/>`,
    );
  }
  return parts.join('');
}

/** A church with its tower at x and its foot at y, `size` px high. */
export function church(setting: Setting, x: number, y: number, size: number, distance = 0): string {
  const wall = lit(setting, color('#f0e9dc'), distance);
  const roof = lit(setting, color('#7a4a3c'), distance);
  const w = size * 0.2;
  return [
    `<rect x="${px(x)}" y="${px(y - size * 0.32)}" width="${px(size * 0.55)}" height="${px(size * 0.34)}" fill="${css(shade(wall, 0.9))}"/>`,
    `<path d="M${px(x)} ${px(y - size * 0.32)}l${px(w * 0.6)} ${px(-size * 0.2)}h${px(size * 0.36)}l${px(w * 0.6)} ${px(size * 0.2)}Z" fill="${css(roof)}"/>`,
    `<rect x="${px(x - w / 2)}" y="${px(y - size * 0.62)}" width="${px(w)}" height="${px(size * 0.64)}" fill="${css(wall)}"/>`,
    `<path d="M${px(x - w * 0.62)} ${px(y - size * 0.62)}L${px(x)} ${px(y - size)}L${px(x + w * 0.62)} ${px(y - size * 0.62)}Z" fill="${css(shade(roof, 0.85))}"/>`,
    `<circle cx="${px(x)}" cy="${px(y - size * 0.53)}" r="${px(w * 0.2)}" fill="${windowColor(setting)}"/>`,
  ].join('');
}

/** A lighthouse at x with its foot at y, `size` px high; lit from dusk on. */
export function lighthouse(setting: Setting, x: number, y: number, size: number): string {
  const white = css(lit(setting, color('#f7f3ea')));
  const red = css(lit(setting, color('#c8402f')));
  const half = size * 0.1;
  const at = (share: number) => half * (1 - share * 0.42);
  const band = (from: number, to: number, fill: string) =>
    `<path d="M${px(x - at(from))} ${px(y - size * 0.78 * from)}L${px(x - at(to))} ${px(y - size * 0.78 * to)}H${px(x + at(to))}L${px(x + at(from))} ${px(y - size * 0.78 * from)}Z" fill="${fill}"/>`;
  const isLit = setting.light.ambient < 0.65;
  const beam = isLit
    ? `${glow('beam', lamplight, 0.9, 0.2)}<circle cx="${px(x)}" cy="${px(y - size * 0.85)}" r="${px(size * 0.5)}" fill="url(#beam)"/><path d="M${px(x)} ${px(y - size * 0.85)}l${px(-size * 2.4)} ${px(-size * 0.16)}v${px(size * 0.4)}Z" fill="${css(lamplight)}" opacity="0.22"/>`
    : '';
  const bands = [0, 1, 2, 3, 4].map((n) => band(n / 5, (n + 1) / 5, n % 2 ? white : red));
  return `${bands.join('')}<rect x="${px(x - half * 0.75)}" y="${px(y - size * 0.8)}" width="${px(half * 1.5)}" height="${px(size * 0.03)}" fill="${red}"/><rect x="${px(x - half * 0.45)}" y="${px(y - size * 0.9)}" width="${px(half * 0.9)}" height="${px(size * 0.1)}" fill="${isLit ? css(lamplight) : css(lit(setting, color('#6f8896')))}"/><path d="M${px(x - half * 0.6)} ${px(y - size * 0.9)}L${px(x)} ${px(y - size)}L${px(x + half * 0.6)} ${px(y - size * 0.9)}Z" fill="${red}"/>${beam}`;
}

/** A row of tall houses of a city along y, their windows lit one by one. */
export function cityBlock(setting: Setting, y: number, tall: number, distance: number): string {
  const { width, random, light } = setting;
  const stone = lit(setting, mix(color('#5a6478'), color('#8a7a70'), random()), distance);
  const lights = light.ambient < 0.65;
  let towers = '';
  let windows = '';
  for (let x = -20; x < width; ) {
    const w = width * between(random, 0.05, 0.1);
    const h = tall * between(random, 0.35, 1);
    towers += `<rect x="${px(x)}" y="${px(y - h)}" width="${px(w)}" height="${px(h + 2)}" fill="${css(shade(stone, between(random, 0.8, 1.1)))}"/>`;
    if (random() < 0.25)
      towers += `<rect x="${px(x + w / 2)}" y="${px(y - h * 1.15)}" width="2" height="${px(h * 0.16)}" fill="${css(stone)}"/>`;
    windows += windowRows(random, { x, y, w, h }, lights ? 0.4 : 0.75);
    x += w + width * between(random, 0, 0.012);
  }
  const pane = lights ? mix(lamplight, stone, distance * 0.6) : shade(stone, 0.72);
  return `${towers}<path d="${windows}" stroke="${css(pane)}" stroke-width="${px(width * 0.007)}"/>`;
}

/** Rows of windows of one tower, each there with a chance of `share`. */
function windowRows(
  random: Random,
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
  share: number,
): string {
  const pitch = w / 6;
  let windows = '';
  for (let row = y - h + pitch; row < y - pitch; row += pitch * 1.5) {
    for (let column = 0.7; column < 5; column++) {
      if (random() < share) windows += `M${px(x + column * pitch)} ${px(row)}h${px(pitch * 0.6)}`;
    }
  }
  return windows;
}
