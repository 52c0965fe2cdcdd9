import { lighthouse } from './buildings.js';
import { type Color, color, css, mix, shade } from './color.js';
import { beachUmbrella, rowingBoat, sailingBoat } from './craft.js';
import { palm } from './plants.js';
import { between, gradientDown, lit, px, type Setting } from './setting.js';
import { sky } from './sky.js';
import { ground, hillLine, mountains, type Skyline } from './terrain.js';
import { water } from './water.js';

/** Sailing boats on the sea. */
export function regatta(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.4, 0.58);
  const coast = random() < 0.6 ? mountains(setting, horizon + 1, 1) : '';
  const count = Math.round(between(random, 2, 6));
  let boats = '';
  for (let index = 0; index < count; index++) {
    const near = (index + random()) / count;
    const x = ((index * 0.39 + random() * 0.2) % 0.86) * width + width * 0.07;
    boats += sailingBoat(
      setting,
      x,
      horizon + height * (0.02 + near ** 1.7 * 0.34),
      height * (0.05 + near ** 1.7 * 0.34),
    );
  }
  return sky(setting, horizon) + coast + water(setting, horizon, height, coast) + boats;
}

/** A sandy beach with umbrellas, or with palms. */
export function beach(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.34, 0.46);
  const line = tideLine(setting, height * between(random, 0.62, 0.7));
  const sand = lit(setting, color('#ecd3a0'));
  const parts = [
    sky(setting, horizon),
    random() < 0.5 ? mountains(setting, horizon + 1, 1) : '',
    water(setting, horizon, height),
    sailingBoat(setting, between(random, 0.2, 0.8) * width, horizon + height * 0.05, height * 0.11),
    foam(setting, line),
    ground(setting, 'sand', line, shade(sand, 0.8), shade(sand, 1.05)),
  ];
  if (random() < 0.45) {
    const side = random() < 0.5 ? 1 : -1;
    const x = side === 1 ? width * 0.08 : width * 0.92;
    parts.push(palm(setting, x, height * 0.93, height * between(random, 0.6, 0.8), side));
    parts.push(
      palm(
        setting,
        x + side * width * 0.09,
        height * 0.97,
        height * between(random, 0.4, 0.6),
        side,
      ),
    );
    parts.push(
      rowingBoat(setting, width * (side === 1 ? 0.68 : 0.32), height * 0.84, width * 0.24),
    );
    return parts.join('');
  }
  for (const place of [0.16, 0.72, 0.42]) {
    const near = between(random, 0.1, 1);
    parts.push(
      beachUmbrella(
        setting,
        width * (place + random() * 0.12),
        height * (0.78 + near * 0.14),
        height * (0.16 + near * 0.12),
      ),
    );
  }
  return parts.join('');
}

function tideLine(setting: Setting, y: number): Skyline {
  const swing = hillLine(setting, y, setting.height * 0.02);
  const slope = between(setting.random, -0.12, 0.12);
  return (x) => swing(x) + (x - setting.width / 2) * slope;
}

function foam({ width, light }: Setting, line: Skyline): string {
  let path = '';
  for (let x = -10; x <= width + 10; x += width / 40) {
    path += `${path ? 'L' : 'M'}${px(x)} ${px(line(x) - 3 + Math.sin(x * 0.06) * 3)}`;
  }
  const white = css(shade([255, 255, 250], Math.max(0.45, light.ambient)));
  return `<path d="${path}" fill="none" stroke="${white}" stroke-width="9" opacity="0.55"/><path d="${path}" transform="translate(0 -15)" fill="none" stroke="${white}" stroke-width="3" opacity="0.4"/>`;
}

/** A lighthouse on its rock. */
export function lighthouseCoast(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.55, 0.64);
  const side = random() < 0.5 ? 1 : -1;
  const x = width * (0.5 + side * between(random, 0.14, 0.3));
  const rock = lit(setting, color('#5f5348'));
  const bulge: Skyline = (at) =>
    height * 1.06 -
    height * 0.42 * Math.exp(-(((at - x - side * width * 0.12) / (width * 0.3)) ** 2));
  const rough = hillLine(setting, 0, height * 0.015);
  const cliff: Skyline = (at) =>
    bulge(at) + rough(at * 3) + (Math.abs(Math.sin(at * 0.09)) * height) / 90;
  const boat = sailingBoat(
    setting,
    width * (0.5 - side * 0.28),
    horizon + height * 0.05,
    height * 0.13,
  );
  return [
    sky(setting, horizon),
    water(setting, horizon, height),
    boat,
    ground(setting, 'cliff', cliff, shade(rock, 1.15), shade(rock, 0.5)),
    lighthouse(setting, x, cliff(x) + 6, height * between(random, 0.4, 0.5)),
    surf(setting, cliff),
  ].join('');
}

function surf({ random, width, height, light }: Setting, line: Skyline): string {
  let splashes = '';
  for (let splash = 0; splash < 40; splash++) {
    const x = random() * width;
    splashes += `<ellipse cx="${px(x)}" cy="${px(Math.max(height * 0.93, line(x)) + random() * height * 0.05)}" rx="${px(between(random, 6, 26))}" ry="${px(between(random, 2, 5))}"/>`;
  }
  return `<g fill="${css(shade([250, 253, 255], Math.max(0.4, light.ambient)))}" opacity="0.5">${splashes}</g>`;
}

/** Dunes of a desert, with the light from one side. */
export function dunes(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.4, 0.52);
  const sand: Color = mix(color('#e0a95c'), color('#d98450'), random());
  let shapes = '';
  for (let dune = 0; dune < 5; dune++) {
    const near = dune / 4;
    const y = horizon + height * 0.5 * near ** 1.2;
    const top = width * between(random, 0.2, 0.8);
    const swing = height * (0.05 + near * 0.07);
    const wave = hillLine(setting, 0, swing * 0.3);
    const line: Skyline = (x) =>
      y + wave(x) - swing * Math.exp(-Math.abs(x - top) / (width * 0.28)) + swing * 0.5;
    const face = lit(setting, sand, 0.55 * (1 - near));
    shapes += ground(setting, `dune${dune}`, line, shade(face, 1.12), shade(face, 0.8));
    shapes += slipFace(setting, `slip${dune}`, line, top, shade(face, 0.55));
  }
  return sky(setting, horizon + height * 0.08) + shapes;
}

/** The dark side of a dune, below its crest at `top`. */
function slipFace(
  { width, height }: Setting,
  id: string,
  line: Skyline,
  top: number,
  dark: Color,
): string {
  let crest = '';
  for (let x = top; x <= width * 1.05; x += width / 40) crest += `L${px(x)} ${px(line(x))}`;
  const gradient = gradientDown(id, [
    [0, dark, 0.9],
    [1, dark, 0],
  ]);
  return `${gradient}<path d="M${px(top)} ${px(line(top))}${crest}Q${px(top + width * 0.25)} ${px(line(top) + height * 0.1)} ${px(top - width * 0.1)} ${px(line(top) + height * 0.3)}Q${px(top + width * 0.06)} ${px(line(top) + height * 0.1)} ${px(top)} ${px(line(top))}Z" fill="url(#${id})"/>`;
}
