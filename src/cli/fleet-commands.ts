import { Option } from 'commander';
import { settingsOf } from '../settings/settings-table.js';
import type { Command } from './command.js';
import { numberOption } from './number-option.js';

/** The commands of a fleet. What they run is loaded by them alone. */
export const fleetCommands: Readonly<Record<string, Command>> = {
  add: {
    meaning: 'queue the albums of a list; run again, it adds what is new',
    argument: ['[FILE]', 'CSV with the columns id,profile,url,username; no password is in it'],
    settings: settingsOf.fleetQueue,
    options: [
      numberOption('--per-host', 'N', 'albums of a host at once, over all machines', 1, 64),
      new Option('--retry <ID...>', 'begin these albums anew, after what was wrong is mended'),
    ],
    examples: [
      'npm run --silent fleet -- add albums.csv',
      'npm run --silent fleet -- add albums.csv --per-host 4',
      'npm run --silent fleet -- add --retry group-17',
    ],
    notes: `
Without --per-host, 2 albums of a host run at once, or as many as the profile's limits allow.
An empty url stands for the address in the profile.`,
    run: async (call, options, file) =>
      (await import('./fleet-add-command.js')).addToFleet(call, file, options),
  },
  work: {
    meaning: 'take albums from the queue and save them to the store, until it is stopped',
    settings: settingsOf.fleetWork,
    options: [
      new Option('--until-empty', 'end when no album waits, runs or is to be tried again'),
      numberOption(
        '--lock',
        'SECONDS',
        'seconds without a sign of life after which another worker takes an album; the same for all workers',
        2,
        3600,
      ).default(30),
    ],
    examples: [
      'npm run fleet -- work --store s3://photos/rescue --secrets secrets.csv',
      'npm run fleet -- work --store /mnt/share/rescue --albums 4 --until-empty',
    ],
    notes: `
Ctrl-C or SIGTERM: the albums under way are given back within ten seconds; other workers go on.
The storage folder keeps an album while it is worked on; its originals move to the store.`,
    run: async (call, options) =>
      (await import('./fleet-work-command.js')).workForFleet(call, options),
    endings: {
      complete: 'nothing is left to do (--until-empty)',
      unexpected: true,
      usage: true,
      later: 'Redis or the store cannot be reached',
      disk: 'the local disk, or the store, is full or cannot be written',
      interrupted: 'stopped by Ctrl-C (SIGINT); its albums were given back',
      terminated: 'stopped by SIGTERM; its albums were given back',
    },
  },
  status: {
    meaning: 'how many albums wait, run and are complete, and how each of them stands',
    settings: settingsOf.fleetQueue,
    options: [new Option('--json', 'print it as JSON')],
    examples: ['npm run --silent fleet -- status', 'npm run --silent fleet -- status --json'],
    run: async (call, options) =>
      (await import('./fleet-status-command.js')).showFleet(call, options.json === true),
  },
  pull: {
    meaning: 'make a storage folder of an album in the store; every other command works on it',
    argument: ['<ID>', 'the album'],
    settings: settingsOf.fleetPull,
    options: [
      new Option(
        '--out <DIR>',
        'the storage folder to make, or to bring up to date',
      ).makeOptionMandatory(),
    ],
    examples: [
      'npm run fleet -- pull group-17 --out ./group-17',
      'npm run --silent export -- --storage ./group-17 --format files --out ~/Pictures/group-17',
    ],
    notes: 'Each file is checked while it is pulled. It needs the store alone, no Redis.',
    run: async (call, options, id = '') =>
      (await import('./fleet-pull-command.js')).pullFromFleet(call, id, options.out),
  },
  board: {
    meaning: "serve the queue's web page (bull-board) on this machine until Ctrl-C",
    settings: settingsOf.fleetQueue,
    options: [
      numberOption('--port', 'N', 'port on 127.0.0.1; 0 takes a free one', 0, 65_535).default(3000),
      new Option('--allow-changes', 'let the page retry and remove jobs'),
    ],
    examples: ['npm run fleet -- board', 'npm run fleet -- board --port 0'],
    run: async (call, options) =>
      (await import('./fleet-board-command.js')).serveBoard(call, options),
  },
};
