import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const flags = [
  // How much a function has to run before V8 optimises it, in bytes of bytecode executed: almost four
  // times V8's own figure (67,584 in Node 20). Of the processor time of a rescue of 1,374 photos, one
  // sixth went into optimised code that was hardly used before the end.
  '--interrupt-budget=250000',
  // Waking other threads to help with a collection of a few megabytes costs more than they save.
  '--no-parallel-scavenge',
  // The objects of a photo die young: a small young generation, collected often, fits into the
  // processor's cache and saves tens of megabytes.
  '--semi-space-growth-factor=1',
];

/** Whether the process has these flags, for all its threads to read. */
const areSet = 'photo-escape has set its V8 flags';

/**
 * Has V8 keep the heap of this process small from now on. To be called by the program's own process
 * before anything else is loaded: V8's flags apply to the whole process, and a test runner's should
 * keep its own.
 */
export function setV8Flags(): void {
  setEnvironmentData(areSet, true);
  renewV8Flags();
}

/** Sets the flags again in a thread, where its process has them: V8 forgets some when a thread starts. */
export function renewV8Flags(): void {
  if (getEnvironmentData(areSet) !== true) return;
  for (const flag of flags) setFlagsFromString(flag);
}

/**
 * Collects garbage whenever the heap has grown by half, where the process has the flags. On a machine with
 * much memory V8 lets garbage grow to several times what is alive, and a rescue runs beside other
 * programs for hours. To be called when all threads are loaded: loading grows the heap several times
 * over, and none of it is garbage.
 */
export function collectOften(): void {
  if (getEnvironmentData(areSet) === true) setFlagsFromString('--heap-growing-percent=50');
}

/**
 * Returns a function that collects the young generation at once. V8 decides when to collect by what
 * JavaScript allocates. Bytes from the network are allocated elsewhere: sixty megabytes of them pile
 * up before it collects.
 */
export function youngGenerationCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  return () => collect({ type: 'minor' });
}
