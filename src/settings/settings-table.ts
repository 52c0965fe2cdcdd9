/**
 * Every setting: where it comes from, what it means, what it takes and its default. The one list
 * behind the checks (`settings.ts`), the type and the help. `ALBUM_PASSWORD` has no flag that takes it as a value,
 * since a command line can be read by others on the machine.
 */
export const settingsTable = {
  profile: {
    environment: 'ALBUM_PROFILE',
    flag: '--profile',
    value: 'NAME|FILE',
    meaning: "a built-in profile's name, or the path of a profile file",
    takes: 'a name or a path',
    default: 'kodak-pulse',
  },
  url: {
    environment: 'ALBUM_URL',
    flag: '--url',
    value: 'URL',
    meaning: "the album's address, in place of the profile's own",
    takes: 'an http or https address without a user name in it, such as https://example.com/',
    default: undefined,
  },
  username: {
    environment: 'ALBUM_USERNAME',
    flag: '--username',
    value: 'NAME',
    meaning: 'account name',
    takes: 'the name you sign in with',
    default: undefined,
  },
  password: {
    environment: 'ALBUM_PASSWORD',
    flag: undefined,
    value: undefined,
    meaning: 'password; on a terminal a missing one is asked for, unseen',
    takes: 'the password you sign in with; or give it with --password-stdin',
    default: undefined,
  },
  cookie: {
    environment: 'ALBUM_COOKIE',
    flag: undefined,
    value: undefined,
    meaning: 'cookies of a browser that is signed in, in place of signing in',
    takes: 'the Cookie header that the browser sends, as name=value; name=value',
    default: undefined,
  },
  token: {
    environment: 'ALBUM_TOKEN',
    flag: undefined,
    value: undefined,
    meaning: 'a token of a browser that is signed in, in place of signing in',
    takes: 'the token alone, on one line',
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
  userAgent: {
    environment: 'ALBUM_USER_AGENT',
    flag: '--user-agent',
    value: 'TEXT',
    meaning: 'what the program calls itself to the site',
    takes: 'a line of printable ASCII characters',
    default: 'photo-escape/0.1 (saves the photos of the account that is signed in)',
  },
  thumbnails: {
    environment: 'ALBUM_THUMBNAILS',
    flag: '--thumbnails',
    value: 'WHICH',
    meaning: 'thumbnails that the report holds originals against: sample, all or none',
    takes: 'sample (a dozen of the album), all (one more request for each photo) or none',
    default: 'sample',
  },
  storage: {
    environment: 'CRAWLEE_STORAGE_DIR',
    flag: '--storage',
    value: 'FOLDER',
    meaning: 'where everything is kept',
    takes: 'the path of a folder',
    default: './storage',
  },
} as const;

/** The name of a setting. */
export type SettingName = keyof typeof settingsTable;
