import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loggedRequests, whileServing } from './server-process.js';

/** A running nginx. */
interface Nginx {
  /** Each request so far, as received, without the protocol: `GET /a%20b.jpg`. */
  requests(): Promise<string[]>;
}

/**
 * Starts an nginx that serves a folder and lists what is in it, with no configuration but that in
 * `folder`, and stops it after the work.
 *
 * @throws Error with nginx's own message, if it does not start
 */
export async function withNginx<Result>(
  folder: string,
  { documentRoot, port }: { documentRoot: string; port: number },
  work: (nginx: Nginx) => Promise<Result>,
): Promise<Result> {
  const home = join(folder, 'nginx');
  await mkdir(home);
  const configuration = join(home, 'nginx.conf');
  await writeFile(configuration, configurationOf(home, documentRoot, port));
  const log = join(home, 'error.log');
  const words = ['-p', home, '-c', configuration, '-e', log];
  const server = { program: 'nginx', words, cwd: home, port, log };
  return whileServing(server, () =>
    work({ requests: () => loggedRequests(join(home, 'access.log')) }),
  );
}

function configurationOf(home: string, documentRoot: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
pid "${home}/nginx.pid";
events {}
http {
  ${temporary.map((name) => `${name}_temp_path "${home}/${name}";`).join('\n  ')}
  include /etc/nginx/mime.types;
  log_format requests '$request';
  access_log "${home}/access.log" requests;
  server {
    listen 127.0.0.1:${port};
    root "${documentRoot}";
    autoindex on;
  }
}
`;
}
