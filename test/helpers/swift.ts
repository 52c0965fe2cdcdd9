import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withTemporaryFolder } from './temporary-folder.js';

/** The servers that OpenStack Swift consists of. */
const kinds = ['account', 'container', 'object', 'proxy'] as const;
type Kind = (typeof kinds)[number];

const programOf = (kind: Kind) => `/usr/bin/swift-${kind}-server`;

/** Whether tests of S3 are run: where Debian's Swift is installed, and in CI, where they fail without. */
export const swiftIsWanted =
  kinds.every((kind) => existsSync(programOf(kind))) || process.env.CI === 'true';

/** OpenStack Swift as an S3 server on the loopback interface, with one copy of everything. */
export interface Swift {
  /** Its address. */
  endpoint: string;
  /** The environment in which the AWS SDK finds it. */
  environment: Record<string, string>;
  /** Stops one of its servers at once, as a crash would; it can be started again. */
  kill(kind: Kind): Promise<void>;
  start(kind: Kind): Promise<void>;
  /** Stops all of its servers. */
  stop(): Promise<void>;
}

const user = { name: 'tester:worker', key: 'a-key-for-tests' };

const ringScript = `
import json, sys
from swift.common.ring import RingBuilder
for kind, port in json.loads(sys.argv[1]).items():
    ring = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    ring.add_dev({'id': 0, 'region': 1, 'zone': 1, 'weight': 1.0, 'device': 'disk', 'meta': '',
                  'ip': '127.0.0.1', 'port': port, 'replication_ip': '127.0.0.1', 'replication_port': port})
    ring.rebalance()
    ring.get_ring().save(kind + '.ring.gz')
`;

/**
 * Starts a Swift of its own on free ports.
 *
 * @param folder where it keeps everything
 */
export async function startSwift(folder: string): Promise<Swift> {
  const ports = Object.fromEntries(await freePorts(kinds)) as Record<Kind, number>;
  setUp(folder, ports);
  const servers = new Map<Kind, ChildProcess>();
  const swift: Swift = {
    endpoint: `http://127.0.0.1:${ports.proxy}`,
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${ports.proxy}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: user.name,
      AWS_SECRET_ACCESS_KEY: user.key,
    },
    async kill(kind) {
      const server = servers.get(kind);
      servers.delete(kind);
      if (server === undefined || server.exitCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    },
    async start(kind) {
      const log = openSync(join(folder, `${kind}.log`), 'a');
      const words = [join(folder, `${kind}-server.conf`), '-v'];
      const server = spawn(programOf(kind), words, { cwd: folder, stdio: ['ignore', log, log] });
      servers.set(kind, server);
      await listening(server, ports[kind]);
    },
    async stop() {
      await Promise.all(kinds.map((kind) => swift.kill(kind)));
    },
  };
  try {
    await Promise.all(kinds.map((kind) => swift.start(kind)));
  } catch (error) {
    await swift.stop();
    throw error;
  }
  return swift;
}

/** Runs the work with a Swift of its own, in a temporary folder. */
export function withSwift(work: (swift: Swift) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const swift = await startSwift(folder);
    try {
      await work(swift);
    } finally {
      await swift.stop();
    }
  });
}

function setUp(folder: string, { proxy, ...storage }: Record<Kind, number>): void {
  mkdirSync(join(folder, 'disks', 'disk'), { recursive: true });
  const write = (name: string, sections: Record<string, Record<string, string | number>>) =>
    writeFileSync(join(folder, name), configuration(sections));
  write('swift.conf', {
    'swift-hash': { swift_hash_path_prefix: 'test', swift_hash_path_suffix: 'test' },
    'storage-policy:0': { name: 'one-copy', default: 'yes' },
  });
  const common = {
    ...{ bind_ip: '127.0.0.1', workers: 0, swift_dir: folder },
    ...{ user: spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim() },
  };
  for (const [kind, port] of Object.entries(storage)) {
    write(`${kind}-server.conf`, {
      DEFAULT: {
        ...common,
        ...{ bind_port: port, devices: join(folder, 'disks'), mount_check: 'false' },
        ...{ disable_fallocate: 'true', fallocate_reserve: 0, recon_cache_path: folder },
      },
      'pipeline:main': { pipeline: `${kind}-server` },
      [`app:${kind}-server`]: { use: `egg:swift#${kind}` },
    });
  }
  const filters = ['catch_errors', 'gatekeeper', 'cache', 'bulk', 's3api', 'tempauth', 'slo'];
  const egg = (name: string) => [`filter:${name}`, { use: `egg:swift#${name}` }] as const;
  write('proxy-server.conf', {
    DEFAULT: { ...common, bind_port: proxy },
    'pipeline:main': { pipeline: `${filters.join(' ')} proxy-server` },
    'app:proxy-server': {
      ...{ use: 'egg:swift#proxy', account_autocreate: 'true' },
      // It would leave a server alone for a minute after ten errors.
      ...{ error_suppression_interval: 1, error_suppression_limit: 1000 },
    },
    ...Object.fromEntries(filters.map(egg)),
    // It has to be there. Nothing listens on this port, and so nothing is remembered.
    'filter:cache': { use: 'egg:swift#memcache', memcache_servers: '127.0.0.1:9' },
    'filter:s3api': { use: 'egg:swift#s3api', location: 'us-east-1', s3_acl: 'false' },
    'filter:tempauth': {
      use: 'egg:swift#tempauth',
      [`user_${user.name.replace(':', '_')}`]: `${user.key} .admin`,
    },
  });
  // In one process: each call of the command-line tool takes a second.
  const words = ['-c', ringScript, JSON.stringify(storage)];
  const made = spawnSync('/usr/bin/python3', words, { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`Swift cannot be set up: ${made.error ?? made.stderr}`);
}

function configuration(sections: Record<string, Record<string, string | number>>): string {
  return Object.entries(sections)
    .map(([name, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}\n`);
      return `[${name}]\n${lines.join('')}\n`;
    })
    .join('');
}

async function freePorts<Name>(names: readonly Name[]): Promise<[Name, number][]> {
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return names.map((name, index) => [name, ports[index] as number]);
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  while (!(await accepts(port))) {
    if (server.exitCode !== null) throw new Error('A server of Swift ended at its start.');
    await delay(50);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}
