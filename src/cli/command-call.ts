import type { RunControl } from '../crawl/run-control.js';
import type { SettingSources } from '../settings/settings.js';
import type { SettingName } from '../settings/settings-table.js';
import type { Terminal } from './terminal.js';

/** A command as it was called: what it reads from, prints to, and is stopped by. */
export interface CommandCall {
  terminal: Terminal;
  /** Ends the command early. */
  control: RunControl;
  sources: SettingSources;
  /** The secrets that flags say to read from standard input. */
  fromStdin: readonly SettingName[];
  /** The command line without the program's name. */
  words: readonly string[];
}
