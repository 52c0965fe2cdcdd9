import type { Option, OptionValues } from 'commander';
import { type Ending, exitCodes } from '../errors.js';
import type { SettingName } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';

/** A command of the program. */
export interface Command {
  meaning: string;
  /** Its argument, in `<>` where it is needed and in `[]` where it may be left out; its meaning. */
  argument?: readonly [name: string, meaning: string];
  /** The settings that it uses; each becomes an option. */
  settings: readonly SettingName[];
  /** Its other options. */
  options?: readonly Option[];
  examples: readonly string[];
  /** More to say at the end of its help text. */
  notes?: string;
  /**
   * How it may end; its help text lists the exit codes. A text says what the code means here, where
   * that differs from its general meaning.
   */
  endings?: Partial<Record<Ending, string | true>>;
  /** Runs it. What it runs is loaded here, so that no command waits for the code of another. */
  run(call: CommandCall, options: OptionValues, argument: string | undefined): Promise<Ending>;
}

/** Commands under one name. */
export interface CommandGroup {
  meaning: string;
  examples: readonly string[];
  commands: Readonly<Record<string, Command>>;
}

/** All endings, with their general meanings. */
export const everyEnding = Object.fromEntries(
  Object.keys(exitCodes).map((ending) => [ending, true]),
) as Record<Ending, true>;
