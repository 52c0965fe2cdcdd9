import { setFlagsFromString } from 'node:v8';

// On a machine with much memory V8 lets garbage pile up to several times what is alive. A rescue
// runs beside other programs for hours: it grows by half before it clears up, not by multiples.
setFlagsFromString('--heap-growing-percent=50');
// What a photo leaves behind dies young: a small space for it, cleared often, fits into the
// processor's cache.
setFlagsFromString('--semi-space-growth-factor=1');
