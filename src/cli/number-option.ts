import { InvalidArgumentError, Option } from 'commander';

/** An option that takes a whole number. */
export function numberOption(
  flag: string,
  value: string,
  meaning: string,
  least: number,
  most: number,
): Option {
  return new Option(`${flag} <${value}>`, meaning).argParser((text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return number;
  });
}
