import { house } from './buildings.js';
import { color, css } from './color.js';
import { fir, grove } from './plants.js';
import { between, gradientDown, lit, px, type Setting } from './setting.js';
import { sky } from './sky.js';
import { hills, mountains } from './terrain.js';

/** A cabin in the snow, smoke above its roof; by night under northern lights. */
export function snowyCabin(setting: Setting): string {
  const { random, width, height, light } = setting;
  const horizon = height * between(random, 0.46, 0.56);
  const { shapes, lines, nearest } = hills(setting, horizon, 3);
  const x = width * between(random, 0.3, 0.7);
  const y = nearest(x) + height * 0.06;
  return [
    sky(setting, horizon + height * 0.06),
    light.isNight ? northernLights(setting, horizon) : '',
    mountains(setting, horizon, 2),
    shapes,
    grove(setting, lines[1] ?? nearest, 18, height * 0.14, 0.3, fir),
    smoke(setting, x + width * 0.05, y - height * 0.24),
    house(setting, x, y, width * 0.19),
    fence(setting, y + height * 0.05),
    grove(setting, (at) => nearest(at) + height * 0.2, 5, height * 0.3, 0, fir),
    snowfall(setting),
  ].join('');
}

/** Flakes of falling snow. */
export function snowfall({ random, width, height }: Setting): string {
  let flakes = '';
  for (let flake = 0; flake < 130; flake++) {
    flakes += `<circle cx="${px(random() * width)}" cy="${px(random() * height)}" r="${px(between(random, 0.7, 2.8))}"/>`;
  }
  return `<g fill="#fff" opacity="0.8">${flakes}</g>`;
}

function northernLights({ random, width }: Setting, horizon: number): string {
  const veils = [color('#4de8a0'), color('#58c8e8'), color('#b070e0')].map((tone, index) => {
    const gradient = gradientDown(`veil${index}`, [
      [0, tone, 0],
      [0.75, tone, 0.42],
      [1, tone, 0],
    ]);
    const foot = horizon * between(random, 0.45, 0.85);
    const tall = horizon * between(random, 0.35, 0.6);
    const bend = () => px(between(random, -0.16, 0.16) * horizon);
    return `${gradient}<path d="M${px(-width * 0.1)} ${px(foot)}q${px(width * 0.3)} ${bend()} ${px(width * 0.6)} ${bend()}t${px(width * 0.6)} ${bend()}v${px(-tall)}q${px(-width * 0.3)} ${bend()} ${px(-width * 0.6)} ${bend()}t${px(-width * 0.6)} ${bend()}Z" fill="url(#veil${index})"/>`;
  });
  return veils.join('');
}

function smoke(setting: Setting, x: number, y: number): string {
  const { random, height } = setting;
  const tone = css(lit(setting, color('#e4e6ea'), 0.2));
  let puffs = '';
  for (let puff = 0; puff < 9; puff++) {
    const rise = puff * height * 0.022;
    puffs += `<circle cx="${px(x + Math.sin(puff * 0.8) * puff * 2 + puff * 3)}" cy="${px(y - rise)}" r="${px(between(random, 4, 6) + puff * 1.7)}" opacity="${px(0.6 - puff * 0.06)}"/>`;
  }
  return `<g fill="${tone}">${puffs}</g>`;
}

function fence(setting: Setting, y: number): string {
  const { random, width } = setting;
  const wood = css(lit(setting, color('#6d543f')));
  let posts = '';
  for (let x = -5; x < width; x += width / 22) {
    posts += `M${px(x)} ${px(y + 14)}l${px(between(random, -2, 2))} -34`;
  }
  return `<path d="${posts}M0 ${px(y - 10)}H${width}M0 ${px(y + 1)}H${width}" stroke="${wood}" stroke-width="3.5" fill="none"/>`;
}
