/** Narrowest and widest of the shapes (width to height, in hundredths). Pictures beyond are cropped. */
const narrowest = 50;
const widest = 250;
const step = 5;
/** The shape of a tile that shows no picture. */
const plainTile = 135;

/**
 * The class for the shape of a picture: `r150` for 600 × 400 pixels. It is a class because the pages'
 * security policy forbids inline styles.
 */
export function ratioClass(picture: { width: number; height: number } | undefined): string {
  const ratio = picture === undefined ? plainTile : (picture.width / picture.height) * 100;
  const rounded = Math.round(ratio / step) * step;
  return `r${Math.min(widest, Math.max(narrowest, rounded))}`;
}

/** The style sheet with a rule for each of the classes that {@link ratioClass} gives. */
export function ratioStyles(): string {
  let rules = '';
  for (let ratio = narrowest; ratio <= widest; ratio += step) {
    rules += `.r${ratio}{--ratio:${ratio / 100}}\n`;
  }
  return rules;
}
