import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How much a function has to run before V8 optimises it, in bytes of bytecode executed: nine times
 * V8's own figure (67,584 in Node 20). Of the processor time of a rescue of 1,374 photos, one sixth
 * went into optimised code that was hardly used before the end.
 */
const bytecodeBeforeOptimising = 600_000;

let areFlagsSet = false;

/**
 * Has V8 keep the heap of this process small from now on. To be called by the program's own process
 * before anything else is loaded: V8's flags apply to the whole process, and a test runner's should
 * keep its own.
 */
export function setV8Flags(): void {
  areFlagsSet = true;
  setFlagsFromString(`--interrupt-budget=${bytecodeBeforeOptimising}`);
  // Waking other threads to help with a collection of a few megabytes costs more than they save.
  setFlagsFromString('--no-parallel-scavenge');
  limitYoungGeneration();
}

/**
 * Keeps the young generation small, where V8's flags are set. The objects of a photo die young: a
 * small young generation, collected often, fits into the processor's cache and saves tens of
 * megabytes. To be called again when another thread has started, since V8 forgets it then.
 */
export function limitYoungGeneration(): void {
  if (areFlagsSet) setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Collects garbage whenever the heap has grown by a third, where V8's flags are set. On a machine
 * with much memory V8 lets garbage grow to several times what is alive, and a rescue runs beside
 * other programs for hours. To be called when everything is loaded: loading grows the heap several
 * times over, and none of it is garbage.
 */
export function collectOften(): void {
  if (areFlagsSet) setFlagsFromString('--heap-growing-percent=33');
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
