import { Option } from 'commander';
import { exporters } from '../exports/exporters.js';
import { defaultName, nameSlots, parseNamePattern } from '../exports/files/name-pattern.js';
import { settingsOf } from '../settings/settings-table.js';
import { type Command, type CommandGroup, everyEnding } from './command.js';
import type { ExportOrder } from './export-command.js';
import { fleetCommands } from './fleet-commands.js';
import { numberOption } from './number-option.js';
import type { ReplicaOptions } from './replica-command.js';

const verbose = new Option('--verbose', "show Crawlee's own log");
const photos = numberOption('--photos', 'N', 'photos in its album', 0, 1_000_000).default(1374);
const fromDemo =
  "Without --storage it takes the album in ./storage or, where there is none, the demo's.";

/** How the trial of a profile may end. */
const trialEndings = {
  complete: 'the profile works: a trial with it found nothing wrong',
  unexpected: true,
  signIn: true,
  later: 'the site cannot be reached, or wants to be left alone for now; try again later',
  disk: true,
  interrupted: 'interrupted by Ctrl-C (SIGINT)',
  terminated: 'interrupted by SIGTERM',
} as const;

function table(rows: Record<string, { meaning: string }>, name: (row: string) => string): string {
  return Object.entries(rows)
    .map(([row, { meaning }]) => `  ${name(row).padEnd(8)} ${meaning}`)
    .join('\n');
}

/** The commands by name. One more is one entry here, and one file with what it runs. */
export const commands: Record<string, Command | CommandGroup> = {
  crawl: {
    meaning: 'save an album: sign in, read its pages, save what is not saved yet; also resumes',
    settings: settingsOf.crawl,
    options: [verbose],
    examples: [
      'npm start',
      'npm start -- --url https://photos.example.org/album --storage ./storage/album',
      'npm start -- --username me@example.com --storage ./storage/mine',
      'npm start -- --profile ./club.yaml --concurrency 4',
    ],
    endings: everyEnding,
    run: async (call, options) =>
      (await import('./crawl-command.js')).crawlAlbum(call, options.verbose === true),
  },
  demo: {
    meaning: 'save the album of a replica of Kodak Pulse on this machine: no account, no network',
    settings: settingsOf.demo,
    options: [photos, verbose],
    examples: ['npm run demo', 'npm run demo -- --photos 100'],
    run: async (call, options) =>
      (await import('./demo-command.js')).demo(call, options.photos, options.verbose === true),
  },
  export: {
    meaning: "write the saved album's data, or its photos into a folder",
    settings: settingsOf.savedAlbum,
    options: [
      new Option('--format <FORMAT>', 'what to write')
        .choices(Object.keys(exporters))
        .makeOptionMandatory(),
      new Option(
        '--out <PATH>',
        'the file or folder to write; without it, text goes to standard output',
      ),
      new Option('--name <PATTERN>', `how files are named; ${defaultName} unless given`).argParser(
        parseNamePattern,
      ),
      new Option('--copy', 'copy files even where a hard link to the original is possible'),
      new Option(
        '--sidecar <KIND>',
        'write what the album says of each photo to a file beside it',
      ).choices(['xmp']),
    ],
    examples: [
      'npm run --silent export -- --format json --out album.json',
      'npm run --silent export -- --format files --out ~/Pictures/album',
      "npm run --silent export -- --format files --out family --name '{album}/{date} {title}'",
      'npm run --silent export -- --format gallery --out ~/album-to-look-at',
    ],
    notes: `
Formats:
${table(exporters, (format) => format)}

--name and --sidecar are for --format files, --copy is for files and gallery.
A name is a path in the folder, without the extension. It may contain:
${table(nameSlots, (slot) => `{${slot}}`)}
What is not known of a photo is left out. Dates are the camera's or, without one, the site's.

Run again, an export into a folder adds what is new and leaves the photos that are there.
${fromDemo}`,
    run: async (call, options) =>
      (await import('./export-command.js')).exportFromStorage(call, options as ExportOrder),
  },
  status: {
    meaning: 'what the storage folder holds, and how the last run ended',
    settings: settingsOf.savedAlbum,
    options: [new Option('--json', 'print it as JSON')],
    examples: ['npm run --silent status', 'npm run --silent status -- --json'],
    notes: fromDemo,
    run: async (call, options) =>
      (await import('./status-command.js')).showStatus(call, options.json === true),
  },
  report: {
    meaning: 'write report.html and report.json: what was rescued, what was not, and why',
    settings: settingsOf.savedAlbum,
    options: [
      new Option('--out <DIR>', 'the folder to write them to; the storage folder unless given'),
    ],
    examples: ['npm run --silent report', 'npm run --silent report -- --out ~/Desktop'],
    notes: fromDemo,
    run: async (call, options) =>
      (await import('./report-command.js')).reportOnStorage(call, options.out),
  },
  verify: {
    meaning: 'read every saved file again, and name those that are missing or changed',
    argument: ['[DIR]', 'an exported folder with SHA256SUMS; the storage folder unless given'],
    settings: settingsOf.crawl,
    options: [
      new Option('--repair', 'then fetch them anew from the site; most options are for this alone'),
      verbose,
    ],
    examples: [
      'npm run --silent verify',
      'npm run --silent verify -- --repair',
      'npm run --silent verify -- ~/Pictures/album',
    ],
    notes: fromDemo,
    endings: {
      ...everyEnding,
      complete: 'every saved file is there and unchanged (with --repair: or fetched again)',
      incomplete: 'a file is missing or changed; each is named',
    },
    run: async (call, options, folder) =>
      (await import('./verify-command.js')).verify(
        call,
        folder,
        options.repair === true,
        options.verbose === true,
      ),
  },
  profiles: {
    meaning: 'list the built-in profiles, one for each kind of site',
    settings: [],
    examples: ['npm run --silent profiles'],
    run: async ({ terminal }) => (await import('./profiles-command.js')).listProfiles(terminal),
  },
  check: {
    meaning: 'try a profile on its site or on a saved page: what it finds, and what it does not',
    argument: ['<PROFILE>', "a built-in profile's name, or the path of a profile file"],
    settings: settingsOf.check,
    options: [
      new Option('--page <FILE>', 'check a page saved with a browser, instead of the site'),
      new Option('--save <FILE>', 'keep the page, without cookies, tokens and hidden inputs'),
    ],
    examples: [
      'npm run --silent check-profile -- ./club.yaml',
      'npm run --silent check-profile -- ./club.yaml --page saved.html',
    ],
    endings: { ...trialEndings, usage: 'bad usage, or the profile does not work; why is marked ✗' },
    run: async (call, options, profile = '') =>
      (await import('./check-command.js')).checkProfile(call, profile, options),
  },
  learn: {
    meaning: 'look at an album and write a profile for it',
    argument: ['[URL]', "the album's address; ALBUM_URL, or that of the recording, unless given"],
    settings: settingsOf.check,
    options: [
      new Option(
        '--out <FILE>',
        'the file to write; without it, the profile goes to standard output',
      ),
      new Option(
        '--har <FILE>',
        'a visit that a browser recorded (HAR): it tells what no page does',
      ),
      new Option('--verbose', 'list the requests that were made'),
      new Option('--ignore-robots', "request also what the site's robots.txt forbids"),
    ],
    examples: [
      'npm run --silent learn -- https://photos.example.org/album --out album.yaml',
      'npm start -- --profile ./album.yaml',
      'npm run --silent learn -- https://photos.example.org/ --username me@example.com --out album.yaml',
      'npm run --silent learn -- --har visit.har --out album.yaml',
    ],
    notes: `
It makes at most 60 requests, one at a time, and changes nothing on the site.

It waits between requests as robots.txt and the site's answers ask, and leaves alone what robots.txt forbids,
unless that is the album itself: you ask for that by giving its address.

For --har: open the browser's developer tools (F12), Network; sign in, open two pages of the album and one
photo in full size; "Save all as HAR". The file holds your password and cookies: nothing of them is kept,
and you should delete it afterwards.`,
    endings: {
      ...trialEndings,
      complete: 'the profile works: a trial with it found nothing wrong and nothing in doubt',
      usage:
        'bad usage, no album found, or something is missing or in doubt; the profile is written all the same, and marks it',
    },
    run: async (call, options, url) =>
      (await import('./learn-command.js')).learn(call, url, options),
  },
  replica: {
    meaning: 'serve the replica of Kodak Pulse until Ctrl-C, to look at it and to try things out',
    settings: [],
    options: [
      photos,
      numberOption('--port', 'N', 'port on 127.0.0.1; 0 takes a free one', 0, 65_535).default(0),
      numberOption('--photo-bytes', 'N', 'size of every original, to measure with', 1500, 1e9),
      numberOption('--latency', 'MS', 'milliseconds before every answer', 0, 60_000).default(0),
    ],
    examples: ['node dist/main.js replica --photos 100 --latency 80'],
    run: async (call, options) =>
      (await import('./replica-command.js')).serveReplica(call, options as ReplicaOptions),
  },
  fleet: {
    meaning: 'save many albums on many machines, with a queue in Redis and an object store',
    examples: ['npm run --silent fleet -- status', 'npm run fleet -- work --help'],
    commands: fleetCommands,
  },
};
