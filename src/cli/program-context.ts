import type { RunControl } from '../crawl/run-control.js';
import type { Ending } from '../errors.js';
import type { SettingSources } from '../settings/settings.js';
import type { Terminal } from './terminal.js';

/** Where a program takes what it needs from, and where it prints. */
export interface ProgramContext {
  terminal: Terminal;
  environment: Readonly<Record<string, string | undefined>>;
  /** Ends the command early. */
  control: RunControl;
}

/** What a group of commands is registered with. */
export interface CommandContext extends ProgramContext {
  /** Receives how the command ended. */
  ended: (ending: Ending) => void;
  /** Where the settings of a command come from. */
  sources: (options: Record<string, unknown>) => SettingSources;
}
