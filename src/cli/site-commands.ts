import type { Command } from 'commander';
import {
  exitCodeHelp,
  settingOption,
  verboseOption,
  wholeNumber,
  withAccount,
} from './command-options.js';
import type { CommandContext } from './program-context.js';
import type { ReplicaFlags } from './replica-command.js';

/** The commands that ask a site, or stand in for one. */
export function addSiteCommands(
  program: Command,
  { terminal, control, sources, ended }: CommandContext,
): void {
  withAccount(program.command('crawl', { isDefault: true }))
    .description('the main job: sign in, walk the album, save what is not saved yet; also resumes')
    .addOption(settingOption('profile'))
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .addOption(settingOption('thumbnails'))
    .addOption(settingOption('storage'))
    .addOption(verboseOption())
    .addHelpText('after', exitCodeHelp)
    .action(async (options) => {
      const { crawlAlbum } = await import('./crawl-command.js');
      ended(await crawlAlbum(sources(options), options, terminal, control));
    });

  program
    .command('demo')
    .description('the main job on an embedded replica of Kodak Pulse: no account, no network')
    .option('--photos <N>', 'photos in its album', wholeNumber(0, 1_000_000), 1374)
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('thumbnails'))
    .addOption(settingOption('storage'))
    .addOption(verboseOption())
    .action(async (options) => {
      const { demo } = await import('./demo-command.js');
      ended(await demo(sources(options), options.photos, options.verbose, terminal, control));
    });

  program
    .command('profiles')
    .description('the built-in profiles; a file of your own does as well')
    .action(async () => {
      const { listProfiles } = await import('./profiles-command.js');
      ended(listProfiles(terminal));
    });

  withAccount(program.command('check'))
    .description('try a profile on its site, or on a saved page: what it finds, what it does not')
    .argument('<PROFILE>', "a built-in profile's name, or the path of a profile file")
    .option('--page <FILE>', 'a saved page to check against, in place of asking the site')
    .option('--save <FILE>', 'keep the page, with cookies, tokens and hidden inputs blanked')
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .action(async (name: string, options) => {
      const { checkProfile } = await import('./check-command.js');
      ended(await checkProfile(name, sources(options), options, terminal, control));
    });

  program
    .command('logout')
    .description('forget the session; none outlives its run, so there is nothing to forget')
    .action(() => {
      terminal.err.write(
        'Nothing to forget: the session lives in memory, and ends with the run. No cookie and no password is kept on disk.\n',
      );
    });

  program
    .command('replica')
    .description('serve the replica of Kodak Pulse until stopped, to look at and to try against')
    .option('--photos <N>', 'photos in its album', wholeNumber(0, 1_000_000), 1374)
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--photo-bytes <N>', 'size of every original, for measurements', wholeNumber(1500, 1e9))
    .option('--latency <MS>', 'milliseconds before every answer', wholeNumber(0, 60_000), 0)
    .action(async (options: ReplicaFlags) => {
      const { serveReplica } = await import('./replica-command.js');
      ended(await serveReplica(options, terminal, control));
    });
}
