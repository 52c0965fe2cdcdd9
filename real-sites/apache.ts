import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { plainEnvironment } from './command.js';
import { apacheModules, apachePhpModule } from './software.js';

/** What Apache serves. */
interface Served {
  /** A folder that Apache's user can read. The folder `apache/`, for its log, is made beside it. */
  documentRoot: string;
  /** A port on 127.0.0.1, from {@link freePort}. */
  port: number;
  /** The environment of PHP; without it PHP is off. */
  php?: Record<string, string>;
}

/** A running Apache. */
export interface Apache {
  /** Each request so far, as received, without the protocol: `GET /a%20b.jpg`. */
  requests(): Promise<string[]>;
}

/** Apache does not run as root; Debian makes this user for it. */
export const apacheUser = 'www-data';

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
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
  const server = spawn('apache2', ['-d', home, '-f', configuration, '-DFOREGROUND'], {
    env: plainEnvironment,
    stdio: 'ignore',
    // When Apache ends, it stops its whole process group, which must not be this one.
    detached: true,
  });
  const ended = once(server, 'exit');
  try {
    await untilAnswering(server, served.port, join(home, 'error.log'));
    return await work({
      async requests() {
        const log = await readFile(join(home, 'access.log'), 'utf8');
        return log.split('\n').flatMap((line) => line.match(/^[A-Z]+ \S+/) ?? []);
      },
    });
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

async function untilAnswering(server: ChildProcess, port: number, log: string): Promise<void> {
  while (server.exitCode === null && server.signalCode === null) {
    const { status } = await fetch(`http://127.0.0.1:${port}/`).catch(() => ({ status: 0 }));
    if (status === 200) return;
    if (status !== 0) break;
    await pause(50);
  }
  const said = await readFile(log, 'utf8').catch(() => 'It did not say why.');
  throw new Error(`Apache does not serve ${server.spawnargs.join(' ')}\n${said}`);
}

async function configurationOf(home: string, { documentRoot, port, php }: Served): Promise<string> {
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
  return `${lines.join('\n')}\n`;
}
