// Downloads a list of addresses with Node.js alone: the least time that a Node.js program takes.
// bare-download.js LIST FOLDER AT_ONCE
import { createWriteStream, readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [listFile = '', folder = '', atOnce = ''] = process.argv.slice(2);
const addresses = readFileSync(listFile, 'utf8').trimEnd().split('\n');
const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) });

function open(address: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(address, { agent }, resolve).once('error', reject);
  });
}

async function download(rest: Iterator<string, undefined>): Promise<void> {
  for (let next = rest.next(); !next.done; next = rest.next()) {
    const answer = await open(next.value);
    if (answer.statusCode !== 200) throw new Error(`${next.value} answers ${answer.statusCode}`);
    await pipeline(answer, createWriteStream(join(folder, basename(next.value))));
  }
}

const rest = addresses.values();
await Promise.all(Array.from({ length: Number(atOnce) }, () => download(rest)));
agent.destroy();
