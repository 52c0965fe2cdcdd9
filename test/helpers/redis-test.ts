import { test } from '@jest/globals';
import { redisIsWanted } from './redis-server.js';

/** A test that needs a Redis; skipped by name where it is not wanted. */
export const redisTest = redisIsWanted ? test : test.skip;
