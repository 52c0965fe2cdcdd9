import { type Command, Option } from 'commander';
import { exporters } from '../exports/exporters.js';
import { defaultName, nameSlots, parseNamePattern } from '../exports/files/name-pattern.js';
import { exitCodeHelp, settingOption, verboseOption, withAccount } from './command-options.js';
import type { ExportOrder } from './export-command.js';
import type { CommandContext } from './program-context.js';
import type { VerifyFlags } from './verify-command.js';

function table(rows: Record<string, { meaning: string }>, name: (row: string) => string): string {
  return Object.entries(rows)
    .map(([row, { meaning }]) => `  ${name(row).padEnd(8)} ${meaning}`)
    .join('\n');
}

/** What each format takes of the options stands in the table of formats. */
const exportHelp = `
Formats:
${table(exporters, (format) => format)}

--name and --sidecar are for --format files, --copy is for files and gallery.
A name is a path in the folder, without the extension, in which stand:
${table(nameSlots, (slot) => `{${slot}}`)}
What a photo does not have is left out. Dates are those of the camera, else those of the site.

Run again, an export into a folder adds what is new, and leaves the photos that stand there.`;

/** The commands that look at what was saved, and make something of it. */
export function addStorageCommands(
  program: Command,
  { terminal, control, sources, ended }: CommandContext,
): void {
  program
    .command('export')
    .description("write the saved album's data, or its photos into a folder")
    .addOption(
      new Option('--format <FORMAT>', 'what to write')
        .choices(Object.keys(exporters))
        .makeOptionMandatory(),
    )
    .option('--out <PATH>', 'the file or folder to write; text goes to standard output without it')
    .addOption(
      new Option('--name <PATTERN>', `how files are named; without it ${defaultName}`).argParser(
        parseNamePattern,
      ),
    )
    .option('--copy', 'copy files also where they could be one with the originals (hard links)')
    .addOption(
      new Option('--sidecar <KIND>', 'write what the album says of each photo beside it').choices([
        'xmp',
      ]),
    )
    .addOption(settingOption('storage'))
    .addHelpText('after', exportHelp)
    .action(async (options: ExportOrder) => {
      const { exportFromStorage } = await import('./export-command.js');
      ended(await exportFromStorage(sources({ ...options }), options, terminal, control));
    });

  program
    .command('status')
    .description('what the storage folder holds, and how the last run ended')
    .option('--json', 'as data', false)
    .addOption(settingOption('storage'))
    .action(async (options: { json: boolean }) => {
      const { showStatus } = await import('./status-command.js');
      ended(await showStatus(sources({ ...options }), options.json, terminal));
    });

  program
    .command('report')
    .description('write report.html and report.json: what was rescued, what not, and why')
    .option('--out <DIR>', 'the folder to write them to; the storage folder without it')
    .addOption(settingOption('storage'))
    .action(async (options: { out?: string }) => {
      const { reportOnStorage } = await import('./report-command.js');
      ended(await reportOnStorage(sources({ ...options }), options.out, terminal));
    });

  withAccount(program.command('verify'))
    .description('read every saved file again, and name what is missing or changed')
    .argument('[DIR]', 'an exported folder with SHA256SUMS; the storage folder without it')
    .option(
      '--repair',
      'then fetch anew what is missing or changed, with the settings of crawl',
      false,
    )
    .addOption(settingOption('profile'))
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .addOption(settingOption('thumbnails'))
    .addOption(settingOption('storage'))
    .addOption(verboseOption())
    .addHelpText('after', exitCodeHelp)
    .action(async (folder: string | undefined, options: VerifyFlags & Record<string, unknown>) => {
      const { verify } = await import('./verify-command.js');
      ended(await verify(sources(options), folder, options, terminal, control));
    });
}
