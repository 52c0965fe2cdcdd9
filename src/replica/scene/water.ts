import { color, css, mix, shade } from './color.js';
import { between, gradientDown, px, type Setting } from './setting.js';

/**
 * Returns a sheet of water from `shore` (px from the top) to `bottom`, that mirrors the sky, the light
 * and, upside down, the `mirrored` shapes that stand behind it.
 */
export function water(setting: Setting, shore: number, bottom: number, mirrored = ''): string {
  const { width, light } = setting;
  const deep = mix(shade(color('#1f5a78'), light.ambient), light.sky[0], 0.45);
  const gradient = gradientDown('water', [
    [0, mix(light.sky[2], deep, 0.25)],
    [0.35, mix(light.sky[1], deep, 0.45)],
    [1, mix(light.sky[0], deep, 0.75)],
  ]);
  const depth = bottom - shore;
  const image = mirrored
    ? `<svg y="${px(shore)}" width="${width}" height="${px(depth)}"><g opacity="0.4" transform="translate(0 ${px(shore)}) scale(1 -1)">${mirrored}</g><rect width="${width}" height="${px(depth)}" fill="url(#water)" opacity="0.45"/></svg>`
    : '';
  return `${gradient}<rect y="${px(shore)}" width="${width}" height="${px(depth)}" fill="url(#water)"/>${image}${ripples(setting, shore, depth)}${glitter(setting, shore, depth)}`;
}

function ripples({ width, random, light }: Setting, shore: number, depth: number): string {
  let bright = '';
  let dark = '';
  for (let ripple = 0; ripple < 110; ripple++) {
    const far = random() ** 1.8;
    const length = width * between(random, 0.02, 0.09) * (0.25 + far);
    const stroke = `M${px(random() * width)} ${px(shore + 2 + far * depth)}q${px(length / 2)} ${px(between(random, -2.5, 2.5) * far)} ${px(length)} 0`;
    if (random() < 0.5) bright += stroke;
    else dark += stroke;
  }
  const style = 'fill="none" stroke-width="1.5" stroke-linecap="round" opacity="0.35"';
  return `<path d="${bright}" stroke="${css(mix(light.sky[2], [255, 255, 255], 0.3))}" ${style}/><path d="${dark}" stroke="${css(shade(light.sky[0], 0.5))}" ${style}/>`;
}

/** The broken path of light below the sun or moon. */
function glitter({ width, random, light }: Setting, shore: number, depth: number): string {
  if (light.cloudiness > 0.85) return '';
  const center = light.lamp.x * width;
  let strokes = '';
  for (let spark = 0; spark < 70; spark++) {
    const far = random() ** 1.4;
    const spread = width * (0.015 + far * 0.06);
    const length = width * between(random, 0.006, 0.03) * (0.4 + far);
    strokes += `M${px(center + (random() + random() - 1) * spread * 1.6 - length / 2)} ${px(shore + 1 + far * depth)}h${px(length)}`;
  }
  return `<path d="${strokes}" stroke="${css(light.lampColor)}" stroke-width="2" stroke-linecap="round" opacity="0.7"/>`;
}
