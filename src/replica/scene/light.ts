import type { Random } from '../random.js';
import { type Color, color, mix } from './color.js';

/** The light in which a scene stands. */
export interface Light {
  /** The sky's colour overhead, half way down, and above the horizon. */
  readonly sky: readonly [Color, Color, Color];
  /** How bright the land is: 1 at noon, about 0.2 at night. */
  readonly ambient: number;
  readonly isNight: boolean;
  /** Where the sun (or moon) stands, as shares of the picture's width and of the sky's height. */
  readonly lamp: { readonly x: number; readonly y: number };
  readonly lampColor: Color;
  /** 0 a clear sky, 1 all clouds. */
  readonly cloudiness: number;
}

interface HourOfSky {
  readonly hour: number;
  readonly sky: readonly [string, string, string];
  readonly ambient: number;
  readonly lamp: string;
}

const hoursOfSky: readonly HourOfSky[] = [
  { hour: 5, sky: ['#141c3c', '#3b3f6b', '#8f7590'], ambient: 0.3, lamp: '#fff2d8' },
  { hour: 6.3, sky: ['#4f6da4', '#d0a3a8', '#ffcb96'], ambient: 0.6, lamp: '#ffe2a8' },
  { hour: 8, sky: ['#5c97d4', '#aacfea', '#fdebcb'], ambient: 0.9, lamp: '#fff4d2' },
  { hour: 12, sky: ['#2f7ccc', '#79b4e6', '#d2ebf7'], ambient: 1.05, lamp: '#ffffee' },
  { hour: 16, sky: ['#3d84c9', '#8fbfe4', '#eee8d2'], ambient: 1, lamp: '#fff6d4' },
  { hour: 18, sky: ['#4477b2', '#d8b896', '#ffd988'], ambient: 0.85, lamp: '#ffedb0' },
  { hour: 19.5, sky: ['#40457f', '#cf6a78', '#ffa04e'], ambient: 0.6, lamp: '#ffdf8a' },
  { hour: 20.6, sky: ['#202858', '#6d4580', '#e0795f'], ambient: 0.4, lamp: '#ffc877' },
  { hour: 21.6, sky: ['#0d1536', '#1e2a5c', '#4a4a7c'], ambient: 0.27, lamp: '#fdf6de' },
  { hour: 24, sky: ['#050a20', '#0f1a42', '#24335f'], ambient: 0.22, lamp: '#fdf6de' },
];

const overcast = color('#b9c2cb');

/** Returns the light of an hour (0 to 24, fractions count) under a sky chosen at random. */
export function lightAt(hour: number, random: Random): Light {
  const after = Math.max(
    1,
    hoursOfSky.findIndex((entry) => entry.hour >= Math.min(hour, 24)),
  );
  const from = hoursOfSky[after - 1] as HourOfSky;
  const to = hoursOfSky[after] as HourOfSky;
  const share = (hour - from.hour) / (to.hour - from.hour);
  const cloudiness = random() ** 1.6;
  const grey = cloudiness > 0.8 ? 0.4 : cloudiness * 0.15;
  const ambient = from.ambient + (to.ambient - from.ambient) * share;
  const skyColor = (index: 0 | 1 | 2) =>
    mix(
      mix(color(from.sky[index]), color(to.sky[index]), share),
      mix([0, 0, 0], overcast, ambient),
      grey,
    );
  const isNight = hour > 21.2 || hour < 5.5;
  const arc = Math.sin(((hour - 5.8) / 14.6) * Math.PI);
  return {
    sky: [skyColor(0), skyColor(1), skyColor(2)],
    ambient,
    isNight,
    lamp: isNight
      ? { x: 0.15 + random() * 0.7, y: 0.15 + random() * 0.3 }
      : { x: 0.12 + random() * 0.76, y: 0.93 - 0.8 * Math.max(0, arc) },
    lampColor: mix(color(from.lamp), color(to.lamp), share),
    cloudiness,
  };
}
