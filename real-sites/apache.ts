import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.js';
import { loggedRequests, whileServing } from './server-process.js';
import { apacheModules, apachePhpModule } from './software.js';

/** What Apache serves. */
interface Served {
  /** A folder that Apache's user can read. The folder `apache/`, for its log, is made beside it. */
  documentRoot: string;
  /** A port on 127.0.0.1, from {@link freePort}. */
  port: number;
  /** The environment of PHP; without it PHP is off. */
  php?: Record<string, string>;
  /** Modules beside those that serve files, such as `autoindex`. */
  modules?: readonly string[];
  /** Lines of configuration, such as `Options +Indexes`. */
  directives?: readonly string[];
}

/** A running Apache. */
export interface Apache {
  /** Each request so far, as received, without the protocol: `GET /a%20b.jpg`. */
  requests(): Promise<string[]>;
}

/** Apache does not run as root; Debian makes this user for it. */
const apacheUser = 'www-data';

/** Lets Apache write into a folder and what is in it. */
export async function letApacheWrite(folder: string, signal: AbortSignal): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await runCommand('chown', ['-R', apacheUser, folder], { cwd: folder, signal });
}

/**
 * Starts an Apache that serves a folder, with no configuration but that in `folder`, and stops it
 * after the work.
 *
 * @throws Error with Apache's own message, if it does not start
 */
export async function withApache<Result>(
  folder: string,
  served: Served,
  work: (apache: Apache) => Promise<Result>,
): Promise<Result> {
  const home = join(folder, 'apache');
  await mkdir(home, { recursive: true });
  const configuration = join(home, 'apache.conf');
  await writeFile(configuration, await configurationOf(home, served));
  const log = join(home, 'error.log');
  const words = ['-d', home, '-f', configuration, '-DFOREGROUND'];
  const server = { program: 'apache2', words, cwd: home, port: served.port, log };
  return whileServing(server, () =>
    work({ requests: () => loggedRequests(join(home, 'access.log')) }),
  );
}

async function configurationOf(home: string, served: Served): Promise<string> {
  const { documentRoot, port, php, modules = [], directives = [] } = served;
  const module = (name: string, file = `mod_${name}.so`) =>
    `LoadModule ${name}_module ${apacheModules}/${file}`;
  const lines = [
    `ServerRoot "${home}"`,
    'ServerName 127.0.0.1',
    `Listen 127.0.0.1:${port}`,
    `DefaultRuntimeDir "${home}"`,
    `PidFile "${home}/apache.pid"`,
    `ErrorLog "${home}/error.log"`,
    'LogFormat "%r" requests',
    `CustomLog "${home}/access.log" requests`,
    module('mpm_prefork'),
    module('authz_core'),
    module('dir'),
    module('mime'),
    ...modules.map((name) => module(name)),
    'TypesConfig /etc/mime.types',
    `User ${apacheUser}`,
    `Group ${apacheUser}`,
    `DocumentRoot "${documentRoot}"`,
    'DirectoryIndex index.html index.php',
  ];
  if (php !== undefined) {
    lines.push(
      module('env'),
      module('php', await apachePhpModule()),
      '<FilesMatch "\\.php$">',
      'SetHandler application/x-httpd-php',
      '</FilesMatch>',
      ...Object.entries(php).map(([name, value]) => `SetEnv ${name} "${value}"`),
    );
  }
  return `${[...lines, ...directives].join('\n')}\n`;
}
