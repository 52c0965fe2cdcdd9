import { church, cityBlock, house } from './buildings.js';
import { color, css, mix, shade } from './color.js';
import { balloon, rowingBoat } from './craft.js';
import { fir, flowerField, grass, grove, leafyTree } from './plants.js';
import { between, glow, lit, oneOf, px, type Setting } from './setting.js';
import { sky } from './sky.js';
import { ground, hillLine, hills, meadowColors, mountains } from './terrain.js';
import { water } from './water.js';
import { snowfall, snowyCabin } from './winter.js';

/** Mountains over a lake that mirrors them, with a boat at times. */
export function mountainLake(setting: Setting): string {
  const { random, width, height } = setting;
  const shore = height * between(random, 0.52, 0.64);
  const range = mountains(setting, shore, 3);
  const bank = hillLine(setting, shore - height * 0.015, height * 0.012);
  const [green] = meadowColors(setting.season);
  const rim = ground(
    setting,
    'bank',
    bank,
    lit(setting, green, 0.45),
    lit(setting, shade(green, 0.6), 0.4),
  );
  const firs = grove(setting, () => shore + 1, 26, height * 0.075, 0.42, fir);
  const land = range + rim + firs;
  const boat =
    random() < 0.5
      ? rowingBoat(
          setting,
          between(random, 0.2, 0.8) * width,
          between(random, 0.75, 0.86) * height,
          width * 0.16,
        )
      : '';
  const frame = random() < 0.5 ? nearFirs(setting) : grass(setting, height * 0.12);
  return sky(setting, shore) + land + water(setting, shore, height, land) + boat + frame;
}

/** Two or three dark firs at one edge, that give the view its depth. */
function nearFirs(setting: Setting): string {
  const { random, width, height } = setting;
  const edge = random() < 0.5 ? 0.02 : 0.98;
  return [0, 0.09, -0.1]
    .map((shift) =>
      fir(setting, (edge + shift) * width, height * 1.04, height * between(random, 0.45, 0.8), 0),
    )
    .join('');
}

/** Rolling hills with a village and its church. */
export function village(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.42, 0.55);
  const far = random() < 0.5 ? mountains(setting, horizon, 2) : '';
  const { shapes, lines, nearest } = hills(setting, horizon, 4);
  const line = lines[2] ?? nearest;
  const center = between(random, 0.3, 0.7) * width;
  const places = Array.from({ length: 9 }, () => center + (random() + random() - 1) * width * 0.26);
  const homes = places
    .map((x) => ({ x, y: line(x) + random() * height * 0.07 }))
    .sort((a, b) => a.y - b.y);
  const tower = church(setting, center, line(center) + 4, height * 0.24, 0.15);
  const built = homes.map(({ x, y }) =>
    house(setting, x, y, width * between(random, 0.05, 0.085), 0.08),
  );
  return [
    sky(setting, horizon + height * 0.08),
    far,
    shapes,
    grove(setting, lines[1] ?? nearest, 16, height * 0.07, 0.4, leafyTree),
    tower,
    ...built,
    grove(setting, (x) => line(x) + height * 0.09, 9, height * 0.12, 0.05, leafyTree),
    setting.season === 'winter' ? snowfall(setting) : grass(setting, height * 0.1),
  ].join('');
}

/** One tree on a hill, with the light behind it. */
export function loneTree(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.6, 0.7);
  const { shapes, nearest } = hills(setting, horizon, 3);
  const x = width * oneOf(random, [0.33, 0.64, 0.5]);
  const tree = leafyTree(
    setting,
    x,
    nearest(x) + height * 0.02,
    height * between(random, 0.5, 0.62),
    0,
  );
  const shadow = `<ellipse cx="${px(x)}" cy="${px(nearest(x) + height * 0.03)}" rx="${px(width * 0.16)}" ry="${px(height * 0.016)}" fill="#000" opacity="0.25"/>`;
  const bottom =
    setting.season === 'winter' ? snowfall(setting) : flowerField(setting, height * 0.88, 70);
  return sky(setting, horizon + height * 0.06) + shapes + shadow + tree + bottom;
}

/** A meadow full of flowers in front of hills or mountains; in winter a cabin stands there. */
export function meadow(setting: Setting): string {
  if (setting.season === 'winter') return snowyCabin(setting);
  const { random, height } = setting;
  const horizon = height * between(random, 0.36, 0.5);
  const { shapes, lines, nearest } = hills(setting, horizon, 3);
  return [
    sky(setting, horizon + height * 0.06),
    mountains(setting, horizon, 2),
    shapes,
    grove(setting, lines[1] ?? nearest, 12, height * 0.1, 0.25, random() < 0.5 ? fir : leafyTree),
    flowerField(setting, horizon + height * 0.22, 200),
    grass(setting, height * 0.13),
  ].join('');
}

/** A forest in mist: trunks behind trunks. */
export function forest(setting: Setting): string {
  const { random, width, height, light } = setting;
  const mist = mix(light.sky[2], light.sky[1], 0.4);
  let layers = `<rect width="${width}" height="${height}" fill="${css(mist)}"/>${glow('rays', light.lampColor, 0.9)}<circle cx="${px(width * light.lamp.x)}" cy="${px(height * 0.3)}" r="${px(width * 0.42)}" fill="url(#rays)"/>`;
  for (let layer = 0; layer < 4; layer++) {
    const distance = 0.85 - layer * 0.27;
    const bark = lit(setting, color('#4a3d33'), distance);
    const foot = height * (0.66 + layer * 0.09);
    const [green, deep] = meadowColors(setting.season);
    let trunks = '';
    for (let trunk = 0; trunk < 9 - layer * 2; trunk++) {
      const x = random() * width;
      const w = width * (0.008 + layer * 0.012) * between(random, 0.7, 1.3);
      trunks += `M${px(x - w)} ${px(foot + 8)}L${px(x - w * 0.6)} 0H${px(x + w * 0.6)}L${px(x + w)} ${px(foot + 8)}Z`;
    }
    layers += `<path d="${trunks}" fill="${css(bark)}"/>`;
    const floor = hillLine(setting, foot, height * 0.015);
    layers += ground(
      setting,
      `floor${layer}`,
      floor,
      lit(setting, mix(green, deep, 0.5), distance),
      lit(setting, shade(deep, 0.55), distance * 0.8),
    );
    if (layer < 3)
      layers += grove(setting, floor, 5, height * (0.12 + layer * 0.07), distance * 0.9, fir);
  }
  return layers + grass(setting, height * 0.16);
}

/** Hot-air balloons over hills. */
export function balloons(setting: Setting): string {
  const { random, width, height } = setting;
  const horizon = height * between(random, 0.7, 0.78);
  const { shapes, lines, nearest } = hills(setting, horizon, 3);
  let flying = '';
  const count = Math.round(between(random, 3, 8));
  for (let index = 0; index < count; index++) {
    const near = (index + 1) / count;
    const x = ((index * 0.37 + random() * 0.2 + 0.1) % 0.9) * width + width * 0.05;
    const y = height * between(random, 0.12, 0.6 - near * 0.22);
    flying += balloon(setting, x, y, width * (0.03 + near ** 2 * 0.15), 0.6 * (1 - near));
  }
  const trees = grove(setting, lines[1] ?? nearest, 14, height * 0.06, 0.25, leafyTree);
  return (
    sky(setting, horizon + height * 0.05) + mountains(setting, horizon, 1) + shapes + trees + flying
  );
}

/** A city on a river, its windows lit at night. */
export function city(setting: Setting): string {
  const { random, width, height } = setting;
  const shore = height * between(random, 0.66, 0.76);
  const far = cityBlock(setting, shore, height * between(random, 0.32, 0.5), 0.5);
  const near = cityBlock(setting, shore, height * between(random, 0.2, 0.3), 0.12);
  const quay = `<rect y="${px(shore - 3)}" width="${width}" height="7" fill="${css(lit(setting, color('#4a4a50')))}"/>`;
  return sky(setting, shore) + far + near + water(setting, shore + 3, height, far + near) + quay;
}
