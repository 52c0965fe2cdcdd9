type Sharp = typeof import('sharp')['default'];

let library: Promise<Sharp> | undefined;

/** Loads sharp at its first use, so that a replica that draws nothing starts at once. */
export function loadSharp(): Promise<Sharp> {
  library ??= import('sharp').then((module) => module.default);
  return library;
}
