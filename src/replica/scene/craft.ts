import { type Color, color, css, shade } from './color.js';
import { petalColor } from './plants.js';
import { between, lit, oneOf, px, type Setting } from './setting.js';

/** A sailing boat with its hull at (x, y), its mast `size` px high. */
export function sailingBoat(setting: Setting, x: number, y: number, size: number): string {
  const { random } = setting;
  const sail = lit(setting, random() < 0.6 ? color('#fbf7ee') : petalColor(random));
  const hull = lit(setting, color(oneOf(random, ['#7a3b2a', '#2f4668', '#f4efe6', '#a03a30'])));
  const side = random() < 0.5 ? -1 : 1;
  return [
    `<ellipse cx="${px(x)}" cy="${px(y + size * 0.13)}" rx="${px(size * 0.4)}" ry="${px(size * 0.04)}" fill="${css(shade(hull, 0.5))}" opacity="0.45"/>`,
    `<path d="M${px(x)} ${px(y)}V${px(y - size)}" stroke="${css(shade(hull, 0.5))}" stroke-width="${px(Math.max(1, size * 0.02))}"/>`,
    `<path d="M${px(x + side * 2)} ${px(y - size * 0.97)}Q${px(x + side * size * 0.42)} ${px(y - size * 0.42)} ${px(x + side * size * 0.44)} ${px(y - size * 0.08)}H${px(x + side * 2)}Z" fill="${css(sail)}"/>`,
    `<path d="M${px(x - side * 2)} ${px(y - size * 0.85)}Q${px(x - side * size * 0.24)} ${px(y - size * 0.4)} ${px(x - side * size * 0.34)} ${px(y - size * 0.08)}H${px(x - side * 2)}Z" fill="${css(shade(sail, 0.86))}"/>`,
    `<path d="M${px(x - size * 0.42)} ${px(y)}H${px(x + size * 0.45)}Q${px(x + size * 0.36)} ${px(y + size * 0.13)} ${px(x + size * 0.2)} ${px(y + size * 0.13)}H${px(x - size * 0.24)}Q${px(x - size * 0.38)} ${px(y + size * 0.12)} ${px(x - size * 0.42)} ${px(y)}Z" fill="${css(hull)}"/>`,
  ].join('');
}

/** A rowing boat at rest at (x, y), `size` px long. */
export function rowingBoat(setting: Setting, x: number, y: number, size: number): string {
  const hull = lit(setting, petalColor(setting.random));
  return [
    `<ellipse cx="${px(x)}" cy="${px(y + size * 0.17)}" rx="${px(size * 0.48)}" ry="${px(size * 0.06)}" fill="#000" opacity="0.25"/>`,
    `<path d="M${px(x - size / 2)} ${px(y - size * 0.06)}Q${px(x)} ${px(y + size * 0.08)} ${px(x + size / 2)} ${px(y - size * 0.06)}Q${px(x + size * 0.4)} ${px(y + size * 0.18)} ${px(x + size * 0.25)} ${px(y + size * 0.18)}H${px(x - size * 0.27)}Q${px(x - size * 0.43)} ${px(y + size * 0.17)} ${px(x - size / 2)} ${px(y - size * 0.06)}Z" fill="${css(hull)}"/>`,
    `<path d="M${px(x - size / 2)} ${px(y - size * 0.06)}Q${px(x)} ${px(y + size * 0.08)} ${px(x + size / 2)} ${px(y - size * 0.06)}Q${px(x)} ${px(y - size * 0.02)} ${px(x - size / 2)} ${px(y - size * 0.06)}Z" fill="${css(shade(hull, 0.55))}"/>`,
  ].join('');
}

/** A hot-air balloon with the middle of its envelope at (x, y), `size` px wide. */
export function balloon(setting: Setting, x: number, y: number, size: number, far = 0): string {
  const { random } = setting;
  const cloths: Color[] = [petalColor(random), petalColor(random)].map((c) => lit(setting, c, far));
  const r = size / 2;
  const gores = [1, 0.72, 0.42, 0.13].map(
    (share, index) =>
      `<path d="M${px(x)} ${px(y - r)}C${px(x - r * 1.35 * share)} ${px(y - r)} ${px(x - r * 1.15 * share)} ${px(y + r * 0.45)} ${px(x - r * 0.2 * share)} ${px(y + r * 1.15)}H${px(x + r * 0.2 * share)}C${px(x + r * 1.15 * share)} ${px(y + r * 0.45)} ${px(x + r * 1.35 * share)} ${px(y - r)} ${px(x)} ${px(y - r)}Z" fill="${css(shade(cloths[index % 2] ?? [200, 80, 60], 1 - index * 0.05))}"/>`,
  );
  const dark = css(lit(setting, color('#5d4630'), far));
  return `${gores.join('')}<ellipse cx="${px(x + r * 0.5)}" cy="${px(y)}" rx="${px(r * 0.35)}" ry="${px(r * 0.8)}" fill="#000" opacity="0.12"/><path d="M${px(x - r * 0.18)} ${px(y + r * 1.15)}L${px(x - r * 0.12)} ${px(y + r * 1.42)}M${px(x + r * 0.18)} ${px(y + r * 1.15)}L${px(x + r * 0.12)} ${px(y + r * 1.42)}" stroke="${dark}" stroke-width="1"/><rect x="${px(x - r * 0.15)}" y="${px(y + r * 1.42)}" width="${px(r * 0.3)}" height="${px(r * 0.24)}" rx="2" fill="${dark}"/>`;
}

/** A beach umbrella stuck into the sand at (x, y), with a towel beside it. */
export function beachUmbrella(setting: Setting, x: number, y: number, size: number): string {
  const { random } = setting;
  const cloth = lit(setting, petalColor(random));
  const white = lit(setting, color('#fdf8ee'));
  const top = y - size;
  const slices = [-1, -0.6, -0.2, 0.2, 0.6].map(
    (from, index) =>
      `<path d="M${px(x)} ${px(top)}Q${px(x + size * 0.62 * from)} ${px(top + size * 0.04)} ${px(x + size * 0.66 * from)} ${px(top + size * 0.36)}Q${px(x + size * 0.66 * (from + 0.2))} ${px(top + size * 0.3)} ${px(x + size * 0.66 * (from + 0.4))} ${px(top + size * 0.36)}Q${px(x + size * 0.62 * (from + 0.4))} ${px(top + size * 0.04)} ${px(x)} ${px(top)}Z" fill="${css(index % 2 ? white : cloth)}"/>`,
  );
  const towel = css(lit(setting, petalColor(random)));
  const reach = size * between(random, 0.5, 0.8);
  return `<ellipse cx="${px(x + size * 0.2)}" cy="${px(y + size * 0.06)}" rx="${px(size * 0.6)}" ry="${px(size * 0.08)}" fill="#000" opacity="0.18"/><path d="M${px(x - reach)} ${px(y + size * 0.12)}h${px(size * 0.6)}l${px(size * 0.12)} ${px(size * 0.13)}h${px(-size * 0.64)}Z" fill="${towel}"/><path d="M${px(x)} ${px(top)}V${px(y)}" stroke="${css(lit(setting, color('#8d6a45')))}" stroke-width="${px(size * 0.035)}"/>${slices.join('')}`;
}
