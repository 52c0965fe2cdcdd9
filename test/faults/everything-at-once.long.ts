import { createHash, randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Fault, FaultHook, FaultRequest } from '../../src/replica/fault/fault.js';
import { withRescue } from '../helpers/escape-replica.js';
import { comparison, originalFiles } from '../helpers/saved-album.js';

// Set FAULT_SEED to see a run again.
const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));
const photos = 150;
const photoBytes = 20_000;
/** From this attempt on a thing is well: so the runs come to an end. */
const wellFrom = 8;

/** Draws by lot from what the seed and the request alone decide. */
function lot(request: FaultRequest, name: string, below: number): number {
  const { kind, method, path, attempt, signedIn } = request;
  const text = [seed, name, kind, method, path, attempt, signedIn].join(' ');
  return createHash('sha256').update(text).digest().readUInt32BE() % below;
}

const anywhere = (bytes: number): Fault[] => [
  { kind: 'status', status: 408 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, retryAfter: 0 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503, retryAfter: new Date(0) },
  { kind: 'reset' },
  { kind: 'reset', afterBytes: bytes },
  { kind: 'stall' },
  { kind: 'stall', afterBytes: bytes },
  { kind: 'cut', afterBytes: bytes, announced: true },
];

function faultsOf(request: FaultRequest): Fault[] {
  const bytes = lot(request, 'bytes', 12_000);
  if (request.kind === 'original') {
    const faults: Fault[] = [
      ...anywhere(bytes),
      { kind: 'status', status: 404 },
      { kind: 'status', status: 403 },
      // Needs the check of a picture's end.
      { kind: 'cut', afterBytes: bytes, announced: false },
      { kind: 'body', body: '' },
      { kind: 'body', body: '<!DOCTYPE html><title>Busy</title>' },
      { kind: 'content-type', contentType: 'text/html' },
      { kind: 'redirect', to: request.path },
      { kind: 'drip', bytes: 5000, interval: 5 },
    ];
    // Only of a part: another file in place of the whole one cannot be told from the right one.
    if (request.range !== undefined) faults.push({ kind: 'range', range: 'changed' });
    return [...faults, { kind: 'range', range: 'ignored' }];
  }
  if (request.kind !== 'page' || !request.signedIn) return anywhere(bytes);
  return [
    ...anywhere(bytes),
    { kind: 'no-photos' },
    { kind: 'signed-out', by: 'redirect' },
    { kind: 'signed-out', by: 'form' },
    { kind: 'signed-out', by: 'form', keepsSession: true },
    { kind: 'huge', bytes: 40 * 1024 * 1024 },
    { kind: 'redirect', to: request.path },
  ];
}

const fault: FaultHook = (request) => {
  if (request.attempt >= wellFrom || lot(request, 'struck', 100) >= 35) return undefined;
  const faults = faultsOf(request);
  return faults[lot(request, 'which', faults.length)];
};

test(`all faults together, by lot from the seed ${seed}: run again until it is complete, the album is whole`, async () => {
  await withRescue({ photos, photoBytes, fault }, async ({ run, replica, storage }) => {
    const endings: string[] = [];
    const timing = { retryDelay: 2, idleTimeout: 120, pause: 5 };
    while (endings.at(-1) !== 'complete' && endings.length < 20) {
      const { ending, lines } = await run({ timing });
      endings.push(ending);
      expect(lines.at(-1)).toMatch(/^saved \d+ · already had \d+ · failed \d+ · listed \d+$/);
      // Whatever stands in the folder of originals at the end of a run is a whole one.
      const { saved, served } = await comparison(storage, replica);
      expect(served).toEqual(expect.arrayContaining(saved));
      expect(await originalFiles(storage)).toHaveLength(saved.length);
    }
    expect(endings.at(-1)).toBe('complete');
    const { saved, served } = await comparison(storage, replica);
    expect(saved).toEqual(served);
    expect(saved).toHaveLength(photos);
    const struck = new Set(replica.requests.map((request) => request.fault));
    expect(struck.size).toBeGreaterThan(5);
  });
});
