import { SingleBar } from 'cli-progress';
import { durationInWords } from '../text/in-words.js';
import { say, type Terminal } from './terminal.js';

/** Milliseconds between two plain lines, where there is no terminal to draw a bar on. */
const lineInterval = 10_000;
/** Milliseconds between two drawings of the bar. */
const drawInterval = 200;

/** How far some work has come. */
export interface ProgressState {
  done: number;
  total: number;
  /** What follows the numbers beside the bar: what is counted, and more. */
  beside: string;
  /** The plain line that is printed where there is no bar. */
  line: string;
}

/**
 * The time that is left, for people.
 *
 * @param begun when the work began, by `performance.now()`
 * @param done how much was done since; `total` counts in the same unit
 */
export function timeLeft(begun: number, done: number, total: number): string {
  const seconds = (((performance.now() - begun) / 1000) * (total - done)) / done;
  return Number.isFinite(seconds) ? durationInWords(Math.max(0, seconds)) : '…';
}

/**
 * Shows how far some work has come, until the function that it returns is called: a bar on a
 * terminal, a plain line now and then elsewhere.
 */
export function showBar(terminal: Terminal, state: () => ProgressState): () => void {
  return terminal.err.isTTY === true ? drawBar(terminal, state) : printLines(terminal, state);
}

function printLines(terminal: Terminal, state: () => ProgressState): () => void {
  const timer = setInterval(() => say(terminal, state().line), lineInterval);
  timer.unref();
  return () => clearInterval(timer);
}

function drawBar(terminal: Terminal, state: () => ProgressState): () => void {
  const bar = new SingleBar({
    stream: terminal.err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} {beside}',
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false,
    emptyOnZero: true,
  });
  const { total, done, beside } = state();
  bar.start(total, done, { beside });
  const timer = setInterval(() => {
    if (terminal.isAsking === true) return;
    const now = state();
    bar.setTotal(now.total);
    bar.update(now.done, { beside: now.beside });
  }, drawInterval);
  timer.unref();
  return () => {
    clearInterval(timer);
    bar.stop();
  };
}
