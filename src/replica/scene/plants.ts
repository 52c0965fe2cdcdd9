import type { Random } from '../random.js';
import { type Color, color, css, mix, shade } from './color.js';
import { between, lit, oneOf, px, type Season, type Setting } from './setting.js';
import type { Skyline } from './terrain.js';

const leaves = {
  spring: ['#8cb84a', '#a9c95f', '#e8b7c8'],
  summer: ['#4f7f35', '#3f6f3a', '#66913d'],
  autumn: ['#c9722b', '#d9a036', '#a8432a'],
  winter: ['#8b8478', '#7d7a74', '#98928a'],
} as const satisfies Record<Season, readonly [string, string, string]>;

const petals = [
  '#e2574c',
  '#f2b632',
  '#f6efe4',
  '#8e6bb8',
  '#e98bb0',
  '#5c86d6',
  '#f07f3c',
] as const;

/** Returns a petal colour chosen at random, before light falls on it. */
export function petalColor(random: Random): Color {
  return color(oneOf(random, petals));
}

/** A fir tree that stands at (x, y) and is `size` px high. */
export function fir(
  setting: Setting,
  x: number,
  y: number,
  size: number,
  distance: number,
): string {
  const { random, season } = setting;
  const green = lit(setting, mix(color('#2c5a41'), color('#46703f'), random()), distance);
  const lean = between(random, 0.24, 0.32) * size;
  let dark = '';
  let bright = '';
  for (let tier = 0; tier < 4; tier++) {
    const top = y - size + tier * size * 0.2;
    const foot = top + size * 0.34;
    const half = lean * (0.34 + tier * 0.22);
    dark += `M${px(x)} ${px(top)}L${px(x + half)} ${px(foot)}L${px(x - half)} ${px(foot)}Z`;
    bright += `M${px(x)} ${px(top)}L${px(x - half)} ${px(foot)}L${px(x - half * 0.15)} ${px(foot - size * 0.03)}Z`;
  }
  const side = season === 'winter' ? mix(green, [250, 252, 255], 0.6) : shade(green, 1.3);
  return `<path d="M${px(x - size * 0.025)} ${px(y - size * 0.12)}h${px(size * 0.05)}v${px(size * 0.13)}h${px(-size * 0.05)}Z" fill="${css(shade(green, 0.45))}"/><path d="${dark}" fill="${css(shade(green, 0.8))}"/><path d="${bright}" fill="${css(side)}"/>`;
}

/** A leafy tree that stands at (x, y) and is `size` px high; in winter it is bare. */
export function leafyTree(
  setting: Setting,
  x: number,
  y: number,
  size: number,
  distance: number,
): string {
  const { random, season, light } = setting;
  const bark = css(lit(setting, color('#5c4636'), distance));
  const trunk = `M${px(x - size * 0.03)} ${px(y + 1)}Q${px(x - size * 0.01)} ${px(y - size * 0.3)} ${px(x - size * 0.015)} ${px(y - size * 0.55)}h${px(size * 0.03)}Q${px(x + size * 0.01)} ${px(y - size * 0.3)} ${px(x + size * 0.035)} ${px(y + 1)}Z`;
  if (season === 'winter') {
    return `<path d="${trunk}" fill="${bark}"/><path d="${branches(random, x, y - size * 0.3, -Math.PI / 2, size * 0.3, 5)}" fill="none" stroke="${bark}" stroke-width="${px(Math.max(1, size * 0.012))}" stroke-linecap="round"/>`;
  }
  const leaf = lit(setting, color(oneOf(random, leaves[season])), distance);
  const side = light.lamp.x * setting.width < x ? -1 : 1;
  const tones = [shade(leaf, 0.62), shade(leaf, 0.85), leaf, shade(leaf, 1.22)];
  // Of a small tree no one sees more, and whole groves of them would take most of the time.
  const tufts = size < setting.height * 0.16 ? 5 : 9;
  let crown = '';
  tones.forEach((tone, index) => {
    let shapes = '';
    for (let tuft = 0; tuft < tufts - index; tuft++) {
      const angle = random() * Math.PI * 2;
      const reach = size * 0.24 * Math.sqrt(random()) * (1 - index * 0.1);
      const cx = x + Math.cos(angle) * reach * 1.15 + side * index * size * 0.028;
      const cy = y - size * 0.66 + Math.sin(angle) * reach - index * size * 0.03;
      const r = size * between(random, 0.08, 0.14) * (1 - index * 0.17) * (tufts < 9 ? 1.25 : 1);
      shapes += `<ellipse cx="${px(cx)}" cy="${px(cy)}" rx="${px(r * 1.1)}" ry="${px(r)}"/>`;
    }
    crown += `<g fill="${css(tone)}">${shapes}</g>`;
  });
  return `<path d="${trunk}" fill="${bark}"/>${crown}`;
}

function branches(
  random: Random,
  x: number,
  y: number,
  angle: number,
  length: number,
  depth: number,
): string {
  const endX = x + Math.cos(angle) * length;
  const endY = y + Math.sin(angle) * length;
  const stroke = `M${px(x)} ${px(y)}L${px(endX)} ${px(endY)}`;
  if (depth === 0) return stroke;
  const turn = between(random, 0.3, 0.55);
  const next = length * between(random, 0.66, 0.78);
  return `${stroke}${branches(random, endX, endY, angle - turn, next, depth - 1)}${branches(random, endX, endY, angle + turn * between(random, 0.7, 1.2), next, depth - 1)}`;
}

/** A palm that stands at (x, y), `size` px high, leaning to the `side` (-1 or 1). */
export function palm(setting: Setting, x: number, y: number, size: number, side: number): string {
  const { random } = setting;
  const topX = x + side * size * 0.2;
  const topY = y - size * 0.86;
  const bark = css(lit(setting, color('#7a5c40')));
  const green = lit(setting, color('#3f7a3c'));
  let fronds = '';
  for (let frond = 0; frond < 9; frond++) {
    const angle = Math.PI * (1.12 + (0.76 * frond) / 8) + between(random, -0.1, 0.1);
    const reach = size * between(random, 0.32, 0.44);
    const endX = topX + Math.cos(angle) * reach * 1.1;
    const endY = topY + Math.sin(angle) * reach * 0.35 + reach * 0.42 * Math.abs(Math.cos(angle));
    const bendX = topX + Math.cos(angle) * reach * 0.6;
    const bendY = topY + Math.sin(angle) * reach * 0.75;
    const tone = css(shade(green, between(random, 0.65, 1.2)));
    fronds += `<path d="M${px(topX)} ${px(topY)}Q${px(bendX)} ${px(bendY)} ${px(endX)} ${px(endY)}Q${px(bendX)} ${px(bendY + size * 0.09)} ${px(topX)} ${px(topY + 3)}Z" fill="${tone}"/>`;
  }
  const w = size * 0.03;
  const trunk = `M${px(x - w)} ${px(y)}Q${px(x + side * size * 0.04)} ${px(y - size * 0.5)} ${px(topX - w * 0.6)} ${px(topY)}h${px(w * 1.2)}Q${px(x + side * size * 0.04 + w * 2)} ${px(y - size * 0.5)} ${px(x + w)} ${px(y)}Z`;
  return `<path d="${trunk}" fill="${bark}"/>${fronds}<g fill="${css(shade(lit(setting, color('#7a5c40')), 0.6))}"><circle cx="${px(topX - 3)}" cy="${px(topY + 4)}" r="${px(size * 0.024)}"/><circle cx="${px(topX + 5)}" cy="${px(topY + 5)}" r="${px(size * 0.024)}"/></g>`;
}

/** Trees of one kind strewn along a line, the bigger the nearer they stand. */
export function grove(
  setting: Setting,
  line: Skyline,
  count: number,
  size: number,
  distance: number,
  kind: typeof fir | typeof leafyTree,
): string {
  const { random, width } = setting;
  const center = random() * width;
  const spread = width * between(random, 0.15, 0.5);
  const places = Array.from({ length: count }, () => {
    const x = center + (random() + random() - 1) * spread;
    return { x, y: line(x) + random() ** 2 * size * 0.35 };
  }).sort((one, other) => one.y - other.y);
  return places
    .map(({ x, y }) => kind(setting, x, y, size * between(random, 0.65, 1.15), distance))
    .join('');
}

/** A field of small flowers and grass from height `top` to the bottom edge. */
export function flowerField(setting: Setting, top: number, count: number): string {
  const { random, width, height } = setting;
  const tones = [petalColor(random), petalColor(random), petalColor(random)].map((petal) =>
    lit(setting, petal),
  );
  const stem = lit(setting, color('#4d7a34'));
  const groups = tones.map(() => '');
  let stems = '';
  for (let flower = 0; flower < count; flower++) {
    const near = (flower + random()) / count;
    const y = top + (height - top) * near ** 1.3;
    const x = random() * width;
    const size = width * (0.003 + near ** 1.6 * 0.011);
    stems += `M${px(x)} ${px(y)}q${px(size * 0.4)} ${px(size * 2)} ${px((random() - 0.5) * size * 2)} ${px(size * 4)}`;
    const tone = Math.floor(random() * tones.length);
    groups[tone] +=
      `<ellipse cx="${px(x)}" cy="${px(y)}" rx="${px(size)}" ry="${px(size * 0.72)}"/>`;
    if (near > 0.7) {
      groups[tone] +=
        `<circle cx="${px(x)}" cy="${px(y - size * 0.1)}" r="${px(size * 0.3)}" fill="${css(shade([250, 214, 90], setting.light.ambient))}"/>`;
    }
  }
  const drawn = groups.map(
    (shapes, index) => `<g fill="${css(tones[index] ?? stem)}">${shapes}</g>`,
  );
  return `<path d="${stems}" fill="none" stroke="${css(shade(stem, 0.8))}" stroke-width="1.3"/>${drawn.join('')}`;
}

const blades = {
  spring: '#5c8f3a',
  summer: '#4c7a35',
  autumn: '#8f7d3c',
  winter: '#a9a48c',
} as const satisfies Record<Season, string>;

/** Blades of grass along the bottom edge; withered in winter. */
export function grass(setting: Setting, tall: number): string {
  const { random, width, height } = setting;
  const green = lit(setting, color(blades[setting.season]));
  const tones = [0.55, 0.8, 1.1].map((factor) => {
    let tufts = '';
    for (let blade = 0; blade < 60; blade++) {
      const x = random() * width;
      const reach = tall * between(random, 0.4, 1);
      const lean = (random() - 0.5) * reach * 0.8;
      tufts += `M${px(x)} ${height}q${px(lean * 0.2)} ${px(-reach * 0.6)} ${px(lean)} ${px(-reach)}q${px(-lean * 0.5)} ${px(reach * 0.5)} ${px(-lean + 4)} ${px(reach)}Z`;
    }
    return `<path d="${tufts}" fill="${css(shade(green, factor))}"/>`;
  });
  return tones.join('');
}
