import { css, mix, shade } from './color.js';
import { between, glow, gradientDown, px, type Setting } from './setting.js';

/** Returns the sky down to `horizon` (px from the top): its colours, sun or moon, stars and clouds. */
export function sky(setting: Setting, horizon: number): string {
  const { width, light } = setting;
  const [top, middle, low] = light.sky;
  const gradient = gradientDown('sky', [
    [0, top],
    [0.55, middle],
    [1, low],
  ]);
  return [
    gradient,
    `<rect width="${width}" height="${px(horizon + 2)}" fill="url(#sky)"/>`,
    light.isNight ? stars(setting, horizon) : '',
    lamp(setting, horizon),
    clouds(setting, horizon),
    !light.isNight && setting.random() < 0.4 ? birds(setting, horizon) : '',
  ].join('');
}

function stars({ width, random }: Setting, horizon: number): string {
  let dots = '';
  for (let index = 0; index < 110; index++) {
    const size = random() ** 6 * 1.8 + 0.5;
    dots += `<circle cx="${px(random() * width)}" cy="${px(random() ** 1.3 * horizon)}" r="${px(size)}" opacity="${px(between(random, 0.3, 1))}"/>`;
  }
  return `<g fill="#fffbe8">${dots}</g>`;
}

/** The sun, or by night the moon with its dark seas. */
function lamp({ width, light }: Setting, horizon: number): string {
  const x = px(light.lamp.x * width);
  const y = px(light.lamp.y * horizon);
  const size = width * (light.isNight ? 0.03 : 0.034);
  const halo = glow('halo', light.lampColor, light.isNight ? 0.45 : 0.85, 0.25);
  const disc = `<circle cx="${x}" cy="${y}" r="${px(size)}" fill="${css(light.lampColor)}"/>`;
  const seas = light.isNight
    ? `<g fill="${css(shade(light.lampColor, 0.86))}"><circle cx="${x}" cy="${y}" r="${px(size * 0.3)}"/><ellipse cx="${px(Number(x) - size * 0.4)}" cy="${px(Number(y) - size * 0.35)}" rx="${px(size * 0.3)}" ry="${px(size * 0.2)}"/></g>`
    : '';
  return `${halo}<circle cx="${x}" cy="${y}" r="${px(size * (light.isNight ? 4 : 5.5))}" fill="url(#halo)"/>${disc}${seas}`;
}

/** Heaps of soft puffs, lit from above, and thin streaks near the horizon. */
function clouds({ width, random, light }: Setting, horizon: number): string {
  const bright = mix(
    shade([255, 253, 248], light.ambient),
    light.sky[2],
    light.isNight ? 0.7 : 0.35,
  );
  const dim = mix(shade([205, 205, 215], light.ambient), light.sky[1], 0.45);
  let shapes = glow('puff', bright, 0.75, 0.55) + glow('belly', dim, 0.6, 0.5);
  const heaps = Math.round(light.cloudiness * 6);
  for (let heap = 0; heap < heaps; heap++) {
    const x = random() * width;
    const y = between(random, 0.08, 0.75) * horizon;
    const size = width * between(random, 0.04, 0.1) * (1.25 - y / horizon);
    shapes += `<ellipse cx="${px(x)}" cy="${px(y + size * 0.2)}" rx="${px(size * 2.4)}" ry="${px(size * 0.42)}" fill="url(#belly)"/>`;
    for (let puff = 0; puff < 5; puff++) {
      const dx = (random() - 0.5) * size * 3.2;
      const rise = (1 - Math.abs(dx) / (size * 2)) * size * 0.6;
      shapes += `<ellipse cx="${px(x + dx)}" cy="${px(y - rise * random())}" rx="${px(size * between(random, 0.7, 1.2))}" ry="${px(size * between(random, 0.42, 0.72))}" fill="url(#puff)"/>`;
    }
  }
  for (let streak = 0; streak < 3; streak++) {
    shapes += `<ellipse cx="${px(random() * width)}" cy="${px(between(random, 0.6, 0.95) * horizon)}" rx="${px(width * between(random, 0.15, 0.4))}" ry="${px(horizon * between(random, 0.008, 0.02))}" fill="url(#puff)"/>`;
  }
  return shapes;
}

function birds({ width, random, light }: Setting, horizon: number): string {
  const x = between(random, 0.15, 0.8) * width;
  const y = between(random, 0.2, 0.5) * horizon;
  let wings = '';
  for (let bird = 0; bird < 5 + random() * 6; bird++) {
    const size = width * between(random, 0.006, 0.013);
    wings += `M${px(x + (random() - 0.5) * width * 0.25)} ${px(y + (random() - 0.5) * horizon * 0.2)}q${px(size * 0.6)} ${px(-size * 0.9)} ${px(size)} 0q${px(size * 0.5)} ${px(-size * 0.9)} ${px(size)} 0`;
  }
  return `<path d="${wings}" fill="none" stroke="${css(shade(light.sky[0], 0.4))}" stroke-width="1.4"/>`;
}
