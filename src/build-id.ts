/** The build puts it in the place of this name: see build/build.js. */
declare const builtFrom: string | undefined;

/** Differs between builds from different source code; empty where the code was not built. */
export const buildId = typeof builtFrom === 'string' ? builtFrom : '';
