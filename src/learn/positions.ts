/**
 * Whether values count the rows: numbers from 0 or 1 upwards, or down to them, in a text that is else the
 * same. They change when a photo is added.
 */
export function isPosition(values: readonly string[]): boolean {
  const parts = values.map((value) => /^(\D*)(\d{1,6})(\D*)$/.exec(value));
  const [first] = parts;
  if (!first || values.length < 2) return false;
  const isAlike = parts.every((part) => part?.[1] === first[1] && part?.[3] === first[3]);
  if (!isAlike) return false;
  const numbers = parts.map((part) => Number(part?.[2]));
  const [start = 0, end = 0] = [numbers[0], numbers.at(-1)];
  const isUp = numbers.every((number, index) => number === start + index);
  const isDown = numbers.every((number, index) => number === start - index);
  return (isUp && start <= 1) || (isDown && end <= 1);
}
