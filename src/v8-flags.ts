import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How much a function has to run before V8 makes fast code of it, in bytes of its code run through:
 * nine times V8's own figure (67,584 in Node 20). Of the processor time of a rescue of 1,374 photos
 * one sixth went into fast code that was hardly used before the end.
 */
const runsBeforeFastCode = 600_000;

let areFlagsSet = false;

/**
 * Has V8 keep the heap of this process small from now on. For the program's own process, before
 * anything else is loaded; V8's flags are of the whole process, and one that is not ours, such as a
 * test runner's, is better off with its own.
 */
export function setV8Flags(): void {
  areFlagsSet = true;
  setFlagsFromString(`--interrupt-budget=${runsBeforeFastCode}`);
  limitYoungGeneration();
}

/**
 * Keeps the space for young objects small, where the heap is tended. What a photo leaves behind dies young: a small space for
 * it, cleared often, fits into the processor's cache, and spares tens of megabytes. To be called
 * again when another thread has started, since V8 forgets it then.
 */
export function limitYoungGeneration(): void {
  if (areFlagsSet) setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Has a heap that is tended cleared up each time that it has grown by a third. On a machine with much memory V8 lets
 * garbage pile up to several times what is alive; a rescue runs beside other programs for hours. To
 * be called when everything is loaded: loading grows the heap by multiples, and none of it is garbage.
 */
export function collectOften(): void {
  if (areFlagsSet) setFlagsFromString('--heap-growing-percent=33');
}

/**
 * A way to have young objects cleared up at once. V8 clears up by what JavaScript allocates, and the
 * bytes that come over the network are allocated elsewhere: it lets sixty megabytes of them pile up.
 */
export function youngGenerationCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  return () => collect({ type: 'minor' });
}
