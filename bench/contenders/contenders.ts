import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command, Contender, Task } from './contender.js';

const compiled = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const linePerAddress = (addresses: readonly string[]) =>
  addresses.map((address) => `${address}\n`).join('');

const node = (...words: string[]): Command => ({ file: process.execPath, words });

/** All contenders, in the order in which they run. */
export const contenders = {
  'photo-escape': {
    title: 'photo-escape',
    jobs: ['save', 'save again', 'help'],
    command: (task) => photoEscape(project('dist/main.js'), task),
  },
  before: {
    title: 'photo-escape, the version before',
    jobs: ['save', 'save again', 'help'],
    command: (task) => photoEscape(join(task.before ?? '', 'dist/main.js'), task),
  },
  'crawlee-disk': {
    title: 'plain CheerioCrawler, storage on disk',
    jobs: ['save', 'save again'],
    command: (task) => crawlee(task, true),
  },
  'crawlee-memory': {
    title: 'plain CheerioCrawler, queue in memory',
    jobs: ['save'],
    command: (task) => crawlee(task, false),
  },
  scrapy: {
    title: 'Scrapy, media pipeline',
    jobs: ['save', 'save again'],
    installed: {
      version: { file: 'scrapy', words: ['version'] },
      debianPackage: 'python3-scrapy',
    },
    command: ({ folder, atOnce }) => ({
      file: 'scrapy',
      words: ['runspider', project('bench/contenders/album_spider.py')],
      env: {
        FILES_STORE: folder,
        AT_ONCE: String(atOnce),
        // Otherwise Python would leave its compiled spider among the sources.
        PYTHONDONTWRITEBYTECODE: '1',
      },
    }),
  },
  'gallery-dl': {
    title: 'gallery-dl, one at a time',
    jobs: ['save', 'save again'],
    installed: {
      version: { file: 'gallery-dl', words: ['--version'] },
      debianPackage: 'gallery-dl',
    },
    list: linePerAddress,
    command: ({ folder, listFile }) => ({
      file: 'gallery-dl',
      words: ['--config-ignore', '--quiet', '--directory', folder, '--input-file', listFile],
    }),
  },
  aria2c: {
    title: 'aria2c',
    jobs: ['save', 'save again'],
    installed: { version: { file: 'aria2c', words: ['--version'] }, debianPackage: 'aria2' },
    list: linePerAddress,
    command: ({ job, folder, listFile, atOnce }) => ({
      file: 'aria2c',
      words: [
        '--no-conf=true',
        '--quiet=true',
        '--file-allocation=none',
        `--max-concurrent-downloads=${atOnce}`,
        `--dir=${folder}`,
        `--input-file=${listFile}`,
        ...(job === 'save again' ? ['--conditional-get=true', '--allow-overwrite=true'] : []),
      ],
    }),
  },
  wget: {
    title: 'wget, one at a time',
    jobs: ['save', 'save again'],
    installed: { version: { file: 'wget', words: ['--version'] }, debianPackage: 'wget' },
    list: linePerAddress,
    command: ({ folder, listFile }) => ({
      file: 'wget',
      words: [
        '--no-config',
        '--quiet',
        '--no-clobber',
        `--directory-prefix=${folder}`,
        `--input-file=${listFile}`,
      ],
    }),
  },
  curl: {
    title: 'curl --parallel',
    jobs: ['save'],
    installed: { version: { file: 'curl', words: ['--version'] }, debianPackage: 'curl' },
    list: (addresses) => addresses.map((address) => `url = "${address}"\n`).join(''),
    command: ({ folder, listFile, atOnce }) => ({
      file: 'curl',
      words: [
        ...['--disable', '--silent', '--fail', '--parallel', '--remote-name-all'],
        ...['--parallel-max', String(atOnce)],
        ...['--output-dir', folder],
        ...['--config', listFile],
      ],
    }),
  },
  floor: {
    title: 'bare Node.js',
    jobs: ['save', 'help'],
    list: linePerAddress,
    command: ({ job, folder, listFile, atOnce }) =>
      job === 'help'
        ? node('--eval', '')
        : node(compiled('./bare-download.js'), listFile, folder, String(atOnce)),
  },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;

function photoEscape(program: string, { job, folder }: Task): Command {
  return job === 'help'
    ? node(program, '-h')
    : node(program, 'crawl', '--storage', join(folder, 'storage'));
}

function crawlee({ folder, atOnce }: Task, isOnDisk: boolean): Command {
  return {
    ...node(compiled('./plain-crawl.js'), join(folder, 'originals'), String(atOnce)),
    env: {
      CRAWLEE_STORAGE_DIR: join(folder, 'storage'),
      CRAWLEE_PERSIST_STORAGE: String(isOnDisk),
      // Otherwise Crawlee would empty the storage before the second run.
      CRAWLEE_PURGE_ON_START: 'false',
    },
  };
}
