import { test } from '@jest/globals';
import { swiftIsWanted } from './swift.js';

/** A test that needs Swift; skipped by name where it is not wanted. */
export const swiftTest = swiftIsWanted ? test : test.skip;
