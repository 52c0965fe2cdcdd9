import { type Command, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from '../errors.js';
import type { SettingSources } from '../settings/settings.js';
import { type SettingName, settingsTable } from '../settings/settings-table.js';

/** Reads an option that takes a whole number. */
export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** The option of a setting, as its row of the table has it. */
export function settingOption(name: SettingName): Option {
  const { flag, value, meaning, environment, default: fallback } = settingsTable[name];
  const standard = fallback === undefined ? '' : `; default ${fallback}`;
  return new Option(`${flag} <${value}>`, `${meaning} (or ${environment}${standard})`);
}

/** The options that say where the album is and who signs in. */
export function withAccount(command: Command): Command {
  return command
    .addOption(settingOption('url'))
    .addOption(settingOption('username'))
    .option('--password-stdin', 'read the password from standard input (or ALBUM_PASSWORD)', false)
    .option('--cookie-stdin', "read a browser's cookies from it (or ALBUM_COOKIE)", false)
    .option('--token-stdin', "read a browser's token from it (or ALBUM_TOKEN)", false);
}

/** The option that shows Crawlee's own log. */
export function verboseOption(): Option {
  return new Option('--verbose', "show Crawlee's own log").default(false);
}

/** The exit codes, for the end of a help text. */
export const exitCodeHelp = `
Exit codes:
${Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
  .join('\n')}`;

/** The settings among a command's options, as they were given. */
export function flagsOf(options: Record<string, unknown>): SettingSources['flags'] {
  const names = Object.keys(settingsTable) as SettingName[];
  return Object.fromEntries(
    names.flatMap((name) => (typeof options[name] === 'string' ? [[name, options[name]]] : [])),
  );
}
