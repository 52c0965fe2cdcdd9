import { withSeparateProcess } from '../separate-process.js';
import type { Line } from './line.js';

/** A relay in its own process. */
export interface SeparateRelay {
  /** Its port on 127.0.0.1. */
  port: number;
  /** Says to which port of 127.0.0.1 connections go; resolves when the relay knows. */
  forwardTo(port: number): Promise<void>;
}

/** Starts a relay in its own process, and stops it after the work. */
export function withSeparateRelay<Result>(
  line: Line,
  work: (relay: SeparateRelay) => Promise<Result>,
): Promise<Result> {
  return withSeparateProcess<number, Result>('line/relay-process.js', line, ({ start, ask }) =>
    work({ port: start, forwardTo: (port) => ask(port) }),
  );
}
