import { color, css, mix, shade } from './color.js';
import { petalColor } from './plants.js';
import { between, gradientDown, px, type Setting } from './setting.js';

/** A reef below the sea, with fish, weed and bubbles, and the light coming down. */
export function reef(setting: Setting): string {
  const { random, width, height } = setting;
  const sea = mix(color('#1687b8'), color('#12a090'), random());
  const gradient = gradientDown('sea', [
    [0, mix(sea, [255, 255, 255], 0.5)],
    [0.35, sea],
    [1, shade(sea, 0.28)],
  ]);
  let shoal = '';
  for (let fish = 0; fish < 14; fish++) {
    const near = (fish + 1) / 14;
    shoal += fishOf(
      setting,
      random() * width,
      height * between(random, 0.15, 0.75),
      width * (0.015 + near ** 2 * 0.06),
      mix(petalColor(random), sea, 0.7 * (1 - near)),
    );
  }
  let bubbles = '';
  for (let bubble = 0; bubble < 36; bubble++) {
    bubbles += `<circle cx="${px(random() * width)}" cy="${px(random() * height)}" r="${px(between(random, 1.5, 7))}"/>`;
  }
  return `${gradient}<rect width="${width}" height="${height}" fill="url(#sea)"/>${rays(setting)}${corals(setting, sea, 0.55)}${shoal}${corals(setting, sea, 0.1)}<g fill="none" stroke="#e8fbff" stroke-width="1.4" opacity="0.6">${bubbles}</g>`;
}

function rays({ random, width, height }: Setting): string {
  const gradient = gradientDown('shaft', [
    [0, [255, 255, 255], 0.35],
    [1, [255, 255, 255], 0],
  ]);
  let shafts = '';
  for (let shaft = 0; shaft < 6; shaft++) {
    const x = random() * width;
    const lean = between(random, -0.2, 0.05) * width;
    const wide = width * between(random, 0.03, 0.09);
    shafts += `M${px(x)} 0h${px(wide)}l${px(lean + wide)} ${px(height * 0.8)}h${px(-wide * 2.6)}Z`;
  }
  return `${gradient}<path d="${shafts}" fill="url(#shaft)"/>`;
}

function fishOf(
  { random }: Setting,
  x: number,
  y: number,
  size: number,
  tone: readonly [number, number, number],
): string {
  const side = random() < 0.5 ? 1 : -1;
  const dark = css(shade(tone, 0.65));
  return `<g transform="translate(${px(x)} ${px(y)}) scale(${px(size * side)} ${px(size)})"><path d="M-0.8 0L-1.5 -0.5Q-1.3 0 -1.5 0.5Z" fill="${dark}"/><path d="M-0.2 -0.5Q0.1 -0.95 0.5 -0.45Z" fill="${dark}"/><ellipse rx="1" ry="0.55" fill="${css(tone)}"/><path d="M-0.1 -0.54Q0.15 0 -0.1 0.54L0.2 0.53Q0.42 0 0.2 -0.53Z" fill="#fff" opacity="0.75"/><circle cx="0.62" cy="-0.12" r="0.13" fill="#fff"/><circle cx="0.65" cy="-0.12" r="0.07" fill="#111"/></g>`;
}

/** Corals and weed on the ground; `haze` (0 to 1) lets them fade into the water. */
function corals(
  { random, width, height }: Setting,
  sea: readonly [number, number, number],
  haze: number,
): string {
  const floor = height * (0.93 - haze * 0.12);
  const sand = css(mix(color('#c9b68a'), shade(sea, 0.5), 0.35 + haze));
  let shapes = `<path d="M0 ${px(floor)}q${px(width / 4)} ${px(-height * 0.04)} ${px(width / 2)} 0t${px(width / 2)} 0V${height}H0Z" fill="${sand}"/>`;
  for (let coral = 0; coral < 9; coral++) {
    const x = random() * width;
    const tall = height * between(random, 0.08, 0.24) * (1 - haze * 0.5);
    const tone = css(mix(petalColor(random), shade(sea, 0.6), haze));
    if (random() < 0.5) {
      let arms = '';
      for (let arm = -2; arm <= 2; arm++)
        arms += `M${px(x)} ${px(floor + 12)}q${px(arm * tall * 0.1)} ${px(-tall * 0.6)} ${px(arm * tall * 0.24)} ${px(-tall * between(random, 0.75, 1.1))}`;
      shapes += `<path d="${arms}" fill="none" stroke="${tone}" stroke-width="${px(tall * 0.1)}" stroke-linecap="round"/>`;
    } else {
      const weed = css(mix(color('#3f8f4a'), shade(sea, 0.6), haze));
      let blades = '';
      for (let blade = 0; blade < 5; blade++)
        blades += `M${px(x + blade * 7)} ${px(floor + 14)}q${px(between(random, -22, 22))} ${px(-tall * 0.5)} 0 ${px(-tall)}t${px(between(random, -10, 10))} ${px(-tall * 0.6)}`;
      shapes += `<path d="${blades}" fill="none" stroke="${weed}" stroke-width="4" stroke-linecap="round"/>`;
    }
  }
  return shapes;
}
