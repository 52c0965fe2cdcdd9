/** The storage folder of one's own album, unless set otherwise. */
export const ownStorage = './storage';
/** The storage folder of the demo's album, unless set otherwise. */
export const demoStorage = './storage/demo';

/**
 * Every setting: where it comes from, what it means, which values it takes, and its default. The
 * checks, the types, the options and the help texts are all made from this table. A setting without
 * `environment` is given by its flag alone, one without `flag` by the environment.
 *
 * A setting without `value` is secret: it is never shown, and its flag reads standard input, since
 * other users of the machine can read a command line.
 */
export const settingsTable = {
  profile: {
    environment: 'ALBUM_PROFILE',
    flag: '--profile',
    value: 'NAME|FILE',
    meaning:
      "a built-in profile's name, or the path of a profile file; without it an album at --url is recognised, or learned, and without both it is kodak-pulse",
    takes: 'a name or a path',
    default: undefined,
  },
  url: {
    environment: 'ALBUM_URL',
    flag: '--url',
    value: 'URL',
    meaning: "the album's address, in place of the profile's own",
    takes: 'an http or https address, such as https://example.com/',
    default: undefined,
  },
  username: {
    environment: 'ALBUM_USERNAME',
    flag: '--username',
    value: 'NAME',
    meaning: 'the name you sign in with',
    takes: 'the name you sign in with',
    default: undefined,
  },
  password: {
    environment: 'ALBUM_PASSWORD',
    flag: '--password-stdin',
    value: undefined,
    meaning: 'read the password from standard input; a terminal asks for a missing one',
    takes: 'the password you sign in with',
    default: undefined,
  },
  cookie: {
    environment: 'ALBUM_COOKIE',
    flag: '--cookie-stdin',
    value: undefined,
    meaning: "instead of signing in, read a signed-in browser's cookies from standard input",
    takes: 'the Cookie header that the browser sends, as name=value; name=value',
    default: undefined,
  },
  token: {
    environment: 'ALBUM_TOKEN',
    flag: '--token-stdin',
    value: undefined,
    meaning: "instead of signing in, read a signed-in browser's token from standard input",
    takes: 'the token alone, on one line',
    default: undefined,
  },
  code: {
    environment: 'ALBUM_CODE',
    flag: undefined,
    value: undefined,
    meaning: 'a one-time code, where the profile asks for one; a terminal asks for a missing one',
    takes: 'the one-time code that the site asks for',
    default: undefined,
  },
  cookies: {
    environment: undefined,
    flag: '--cookies',
    value: 'FILE',
    meaning: "instead of signing in, read a signed-in browser's cookies from a cookies.txt",
    takes: 'the path of a Netscape cookies.txt, as browser extensions export it',
    default: undefined,
  },
  cookiesFromBrowser: {
    environment: undefined,
    flag: '--cookies-from-browser',
    value: 'BROWSER',
    meaning: 'instead of signing in, read the cookies of Firefox: firefox, or firefox:PROFILE',
    takes:
      "firefox, or firefox:PROFILE with a profile's name or folder. Other browsers encrypt their cookies: for those, export a cookies.txt with an extension, and give it with --cookies FILE",
    default: undefined,
  },
  concurrency: {
    environment: 'ALBUM_CONCURRENCY',
    flag: '--concurrency',
    value: 'N',
    meaning: 'downloads at once, 1 to 64',
    takes: 'a whole number from 1 to 64',
    default: '8',
  },
  maxPerMinute: {
    environment: 'ALBUM_MAX_PER_MINUTE',
    flag: '--max-per-minute',
    value: 'N',
    meaning: 'requests a minute at the most',
    takes: 'a whole number from 1 to 1000000',
    default: undefined,
  },
  timeout: {
    environment: 'ALBUM_TIMEOUT',
    flag: '--timeout',
    value: 'SECONDS',
    meaning: 'seconds without a byte after which a transfer is broken off, 1 to 3600',
    takes: 'a whole number of seconds from 1 to 3600',
    default: '60',
  },
  userAgent: {
    environment: 'ALBUM_USER_AGENT',
    flag: '--user-agent',
    value: 'TEXT',
    meaning: 'the name that the program gives itself to the site',
    takes: 'a line of printable ASCII characters',
    default: 'photo-escape/0.1 (saves the photos of the account that is signed in)',
  },
  thumbnails: {
    environment: 'ALBUM_THUMBNAILS',
    flag: '--thumbnails',
    value: 'WHICH',
    meaning: 'thumbnails that originals are compared with: sample, all or none',
    takes: 'sample (a dozen of the album), all (one more request for each photo) or none',
    default: 'sample',
  },
  storage: {
    environment: 'CRAWLEE_STORAGE_DIR',
    flag: '--storage',
    value: 'FOLDER',
    meaning: `the folder of the album; ${ownStorage}, and for the demo ${demoStorage}, unless set`,
    takes: 'the path of a folder',
    default: undefined,
  },
} as const;

/** The name of a setting. */
export type SettingName = keyof typeof settingsTable;

const everySetting = Object.keys(settingsTable) as SettingName[];

/** The settings that commands use. */
export const settingsOf = {
  crawl: everySetting,
  demo: ['concurrency', 'maxPerMinute', 'timeout', 'userAgent', 'thumbnails', 'storage'],
  check: [
    ...['url', 'username', 'password', 'code'],
    ...['cookie', 'token', 'cookies', 'cookiesFromBrowser'],
    ...['maxPerMinute', 'timeout', 'userAgent'],
  ],
  savedAlbum: ['storage'],
} as const satisfies Record<string, readonly SettingName[]>;

/** The secret settings whose flags read standard input. */
export const stdinNames = everySetting.filter((name) => {
  const { flag, value } = settingsTable[name];
  return flag !== undefined && value === undefined;
});
