/** A colour as red, green and blue, each from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** Reads a colour written as `#rrggbb`. */
export function color(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Returns the colour that lies between two, at `share` (0 to 1) of the way to the second. */
export function mix(from: Color, to: Color, share: number): Color {
  const at = Math.min(1, Math.max(0, share));
  return [
    from[0] + (to[0] - from[0]) * at,
    from[1] + (to[1] - from[1]) * at,
    from[2] + (to[2] - from[2]) * at,
  ];
}

/** Returns a colour made lighter (`factor` above 1) or darker (below 1). */
export function shade(base: Color, factor: number): Color {
  return [base[0] * factor, base[1] * factor, base[2] * factor];
}

/** Writes a colour for SVG. */
export function css([red, green, blue]: Color): string {
  const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  return `rgb(${clamp(red)},${clamp(green)},${clamp(blue)})`;
}
