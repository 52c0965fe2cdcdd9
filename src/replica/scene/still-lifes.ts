import { type Color, color, css, mix, shade } from './color.js';
import { petalColor } from './plants.js';
import { between, glow, gradientDown, oneOf, px, type Setting } from './setting.js';
import { sky } from './sky.js';
import { water } from './water.js';

const papers = [
  '#f3ead8',
  '#e9d9c9',
  '#dfe7e4',
  '#27384e',
  '#efe1bd',
  '#5a2f3a',
  '#1f4d4a',
] as const;

/** Big flowers near by, the garden behind them out of focus. */
export function blossoms(setting: Setting): string {
  const { random, width, height, light } = setting;
  const garden = mix(shade(color('#57804a'), light.ambient), light.sky[1], 0.25);
  const gradient = gradientDown('garden', [
    [0, mix(garden, light.sky[2], 0.5)],
    [1, shade(garden, 0.5)],
  ]);
  const tones = [petalColor(random), petalColor(random)];
  let drawing = `${gradient}<rect width="${width}" height="${height}" fill="url(#garden)"/>`;
  [...tones, color('#fff3c4'), garden].forEach((tone, index) => {
    drawing += glow(`bokeh${index}`, shade(tone, 0.6 + light.ambient * 0.4), 0.55, 0.85);
    for (let spot = 0; spot < 6; spot++) {
      drawing += `<circle cx="${px(random() * width)}" cy="${px(random() * height)}" r="${px(width * between(random, 0.03, 0.11))}" fill="url(#bokeh${index})"/>`;
    }
  });
  const count = Math.round(between(random, 3, 7));
  for (let flower = 0; flower < count; flower++) {
    const near = (flower + 1) / count;
    const x = width * (((flower * 0.41 + random() * 0.2) % 0.8) + 0.1);
    const y = height * between(random, 0.2, 0.7);
    const tone = shade(tones[flower % 2] ?? garden, 0.5 + 0.5 * light.ambient);
    drawing += blossom(setting, x, y, width * (0.05 + near * 0.1), tone);
  }
  return drawing;
}

function blossom(setting: Setting, x: number, y: number, size: number, tone: Color): string {
  const { random, height } = setting;
  const leaf = css(shade(color('#3f6a35'), Math.max(0.5, setting.light.ambient)));
  const count = Math.round(between(random, 7, 16));
  const girth = between(random, 0.9, 1.5) * (Math.PI / count);
  const turn = random() * 360;
  const layers = [1, 0.72].map((reach, layer) => {
    let shapes = '';
    for (let petal = 0; petal < count; petal++) {
      const angle = turn + (360 / count) * (petal + layer * 0.5) + between(random, -4, 4);
      shapes += `<ellipse cx="${px(size * reach * 0.55)}" rx="${px(size * reach * 0.5)}" ry="${px(size * girth * 0.5)}" transform="rotate(${px(angle)})" fill="${css(shade(tone, between(random, 0.8, 1.06) + layer * 0.08))}"/>`;
    }
    return shapes;
  });
  let seeds = '';
  for (let seed = 0; seed < 24; seed++) {
    const angle = seed * 2.4;
    const reach = size * 0.2 * Math.sqrt(seed / 24);
    seeds += `<circle cx="${px(Math.cos(angle) * reach)}" cy="${px(Math.sin(angle) * reach)}" r="${px(size * 0.03)}"/>`;
  }
  return `<path d="M${px(x)} ${px(y)}Q${px(x + size * 0.3)} ${px(y + size * 2)} ${px(x - size * 0.2)} ${height}" fill="none" stroke="${leaf}" stroke-width="${px(size * 0.09)}"/><path d="M${px(x + size * 0.1)} ${px(y + size * 1.9)}q${px(size * 0.9)} ${px(-size * 0.7)} ${px(size * 1.2)} ${px(-size * 0.3)}q${px(-size * 0.5)} ${px(size * 0.6)} ${px(-size * 1.2)} ${px(size * 0.3)}Z" fill="${leaf}"/><g transform="translate(${px(x)} ${px(y)}) scale(1 ${px(between(random, 0.7, 1))})">${layers.join('')}<circle r="${px(size * 0.24)}" fill="#7a4a1c"/><g fill="#e8b23c">${seeds}</g></g>`;
}

/** Fruit, a cup and a vase on a table at the window. */
export function table(setting: Setting): string {
  const { random, width, height, light } = setting;
  const wall = mix(
    shade(color(oneOf(random, papers)), 0.55 + light.ambient * 0.4),
    light.sky[2],
    0.15,
  );
  const wood = shade(mix(color('#8d5a34'), color('#c19a6b'), random()), 0.6 + light.ambient * 0.35);
  const edge = height * between(random, 0.6, 0.68);
  const gradients =
    gradientDown('wall', [
      [0, wall],
      [1, shade(wall, 0.72)],
    ]) +
    gradientDown('wood', [
      [0, shade(wood, 1.12)],
      [1, shade(wood, 0.6)],
    ]);
  const left = width * between(random, 0.08, 0.55);
  const window = `<svg x="${px(left)}" y="${px(height * 0.06)}" width="${px(width * 0.34)}" height="${px(height * 0.4)}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${sky(setting, height)}</svg><path d="M${px(left)} ${px(height * 0.06)}h${px(width * 0.34)}v${px(height * 0.4)}h${px(-width * 0.34)}ZM${px(left + width * 0.17)} ${px(height * 0.06)}v${px(height * 0.4)}M${px(left)} ${px(height * 0.26)}h${px(width * 0.34)}" fill="none" stroke="${css(shade([250, 246, 238], 0.5 + light.ambient * 0.4))}" stroke-width="9"/>`;
  let things = '';
  let grain = '';
  for (let line = 0; line < 14; line++)
    grain += `M0 ${px(edge + ((height - edge) * line) / 14)}q${px(width / 2)} ${px(between(random, -6, 6))} ${width} 0`;
  things += vase(setting, width * between(random, 0.2, 0.8), edge + height * 0.06, height * 0.24);
  const center = width * between(random, 0.3, 0.7);
  for (let fruit = 0; fruit < 5; fruit++) {
    things += fruitOf(
      setting,
      center + (fruit - 2) * width * 0.085 + random() * 18,
      edge + height * (0.1 + 0.04 * (fruit % 3)),
      width * between(random, 0.035, 0.052),
      fruit,
    );
  }
  return `${gradients}<rect width="${width}" height="${height}" fill="url(#wall)"/>${window}<rect y="${px(edge)}" width="${width}" height="${px(height - edge)}" fill="url(#wood)"/><path d="${grain}" stroke="${css(shade(wood, 0.55))}" fill="none" opacity="0.35"/>${things}`;
}

function vase(setting: Setting, x: number, y: number, size: number): string {
  const { random } = setting;
  const glaze = shade(petalColor(random), 0.8);
  let bunch = '';
  for (let stem = 0; stem < 7; stem++) {
    const dx = (stem - 3) * size * 0.2 + (random() - 0.5) * 14;
    const dy = -size * (1.5 + random() * 0.6 - Math.abs(stem - 3) * 0.12);
    bunch += `<path d="M${px(x)} ${px(y - size * 0.95)}Q${px(x)} ${px(y + dy * 0.8)} ${px(x + dx)} ${px(y + dy)}" fill="none" stroke="#4a6b38" stroke-width="3"/><circle cx="${px(x + dx)}" cy="${px(y + dy)}" r="${px(size * 0.15)}" fill="${css(shade(petalColor(random), 0.9))}"/><circle cx="${px(x + dx)}" cy="${px(y + dy)}" r="${px(size * 0.05)}" fill="#f2cf5a"/>`;
  }
  return `<ellipse cx="${px(x + size * 0.15)}" cy="${px(y)}" rx="${px(size * 0.42)}" ry="${px(size * 0.08)}" fill="#000" opacity="0.3"/>${bunch}<path d="M${px(x - size * 0.16)} ${px(y - size)}h${px(size * 0.32)}Q${px(x + size * 0.1)} ${px(y - size * 0.75)} ${px(x + size * 0.32)} ${px(y - size * 0.42)}Q${px(x + size * 0.34)} ${px(y - size * 0.1)} ${px(x + size * 0.17)} ${px(y)}h${px(-size * 0.34)}Q${px(x - size * 0.34)} ${px(y - size * 0.1)} ${px(x - size * 0.32)} ${px(y - size * 0.42)}Q${px(x - size * 0.1)} ${px(y - size * 0.75)} ${px(x - size * 0.16)} ${px(y - size)}Z" fill="${css(glaze)}"/><ellipse cx="${px(x - size * 0.14)}" cy="${px(y - size * 0.42)}" rx="${px(size * 0.06)}" ry="${px(size * 0.2)}" fill="#fff" opacity="0.35"/>`;
}

function fruitOf(setting: Setting, x: number, y: number, r: number, index: number): string {
  const skin = color(
    oneOf(setting.random, ['#c8372d', '#e88a2a', '#8fae3a', '#d9b13a', '#7a2f4a']),
  );
  const id = `skin${index}`;
  return `<radialGradient id="${id}" cx="0.35" cy="0.3" r="0.75"><stop offset="0" stop-color="${css(shade(skin, 1.4))}"/><stop offset="0.5" stop-color="${css(skin)}"/><stop offset="1" stop-color="${css(shade(skin, 0.5))}"/></radialGradient><ellipse cx="${px(x + r * 0.35)}" cy="${px(y + r * 0.9)}" rx="${px(r * 1.15)}" ry="${px(r * 0.22)}" fill="#000" opacity="0.3"/><circle cx="${px(x)}" cy="${px(y)}" r="${px(r)}" fill="url(#${id})"/><path d="M${px(x)} ${px(y - r * 0.9)}q2 ${px(-r * 0.35)} ${px(r * 0.25)} ${px(-r * 0.45)}" stroke="#4a3420" stroke-width="3" fill="none"/>`;
}

/** Fireworks over the water. */
export function fireworks(setting: Setting): string {
  const { random, width, height } = setting;
  const shore = height * between(random, 0.72, 0.8);
  let bursts = '';
  for (let burst = 0; burst < 5; burst++) {
    bursts += firework(
      setting,
      width * between(random, 0.12, 0.88),
      shore * between(random, 0.15, 0.62),
      width * between(random, 0.09, 0.2),
      burst,
    );
  }
  let crowd = `M0 ${height}`;
  for (let x = 0; x <= width; x += width / 60)
    crowd += `L${px(x)} ${px(height * 0.97)}q${px(width / 120)} ${px(-height * between(random, 0.03, 0.07))} ${px(width / 60)} 0`;
  return `${sky(setting, shore)}${bursts}${water(setting, shore, height)}<path d="${crowd}V${height}Z" fill="#05060c"/>`;
}

function firework({ random }: Setting, x: number, y: number, reach: number, index: number): string {
  const tone = mix(petalColor(random), [255, 255, 255], 0.25);
  const rays = Math.round(between(random, 22, 40));
  let paths = '';
  let sparks = '';
  for (let ray = 0; ray < rays; ray++) {
    const angle = (ray / rays) * Math.PI * 2;
    const length = reach * between(random, 0.75, 1);
    const endX = x + Math.cos(angle) * length;
    const endY = y + Math.sin(angle) * length + length * 0.18;
    paths += `M${px(x + Math.cos(angle) * length * 0.2)} ${px(y + Math.sin(angle) * length * 0.2)}Q${px(x + Math.cos(angle) * length * 0.7)} ${px(y + Math.sin(angle) * length * 0.7)} ${px(endX)} ${px(endY)}`;
    sparks += `<circle cx="${px(endX)}" cy="${px(endY)}" r="2.2"/>`;
  }
  return `${glow(`burst${index}`, tone, 0.5)}<circle cx="${px(x)}" cy="${px(y)}" r="${px(reach * 0.9)}" fill="url(#burst${index})"/><path d="${paths}" fill="none" stroke="${css(tone)}" stroke-width="1.7" opacity="0.85"/><g fill="#fff6dc">${sparks}</g>`;
}

/** A painting of circles, arcs and bars, hung up and photographed. */
export function abstract({ random, width, height }: Setting): string {
  const paper = color(oneOf(random, papers));
  const tones = [
    petalColor(random),
    petalColor(random),
    petalColor(random),
    shade(paper, 0.4),
    color('#1d2733'),
  ];
  const tone = () => css(tones[Math.floor(random() * tones.length)] ?? paper);
  let shapes = `<rect width="${width}" height="${height}" fill="${css(paper)}"/>`;
  const cell = width / Math.round(between(random, 4, 7));
  for (let y = 0; y < height; y += cell) {
    for (let x = 0; x < width; x += cell) shapes += tile(random(), px(x), px(y), cell, tone);
  }
  return shapes;
}

function tile(lot: number, x: string, y: string, cell: number, tone: () => string): string {
  const c = px(cell);
  const h = px(cell / 2);
  const at = `<g transform="translate(${x} ${y})">`;
  if (lot < 0.12) return '';
  if (lot < 0.3)
    return `${at}<rect width="${c}" height="${c}" fill="${tone()}"/><path d="M0 ${c}A${c} ${c} 0 0 1 ${c} 0V${c}Z" fill="${tone()}"/></g>`;
  if (lot < 0.48)
    return `${at}<rect width="${c}" height="${c}" fill="${tone()}"/><path d="M0 0A${c} ${c} 0 0 0 ${c} ${c}V0Z" fill="${tone()}"/><circle cx="${h}" cy="${h}" r="${px(cell / 7)}" fill="${tone()}"/></g>`;
  if (lot < 0.64)
    return `${at}<circle cx="${h}" cy="${h}" r="${px(cell * 0.46)}" fill="${tone()}"/><circle cx="${h}" cy="${h}" r="${px(cell * 0.26)}" fill="${tone()}"/></g>`;
  if (lot < 0.8)
    return `${at}<path d="M0 0H${c}L0 ${c}Z" fill="${tone()}"/><path d="M${c} ${c}H0L${c} 0Z" fill="${tone()}"/></g>`;
  return `${at}<rect width="${c}" height="${c}" fill="${tone()}"/><path d="M0 ${px(cell / 6)}H${c}M0 ${h}H${c}M0 ${px((cell * 5) / 6)}H${c}" stroke="${tone()}" stroke-width="${px(cell / 7)}"/></g>`;
}
