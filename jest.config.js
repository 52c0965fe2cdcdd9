import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/environment.js',
  testRunner: '<rootDir>/test/runner.js',
  globalSetup: '<rootDir>/test/compile.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  // Jest would leave one core idle; and many tests wait for a server, a timer or a disk. It takes no
  // more than 100 % in per cent.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
