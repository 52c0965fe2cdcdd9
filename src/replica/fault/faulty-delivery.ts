import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Progress, sendAnswer, sendPieces } from '../answer.js';
import { lengthOf, sliceOf } from '../jpeg.js';
import type { Fault } from './fault.js';
import type { Stalls } from './stalls.js';

/** Sends an answer with a delivery fault; with any other fault, sends it normally. */
export async function deliverFaulty(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  fault: Fault,
  stalls: Stalls,
  progress: Progress,
): Promise<void> {
  switch (fault.kind) {
    case 'reset':
      if (fault.afterBytes !== undefined) {
        await sendStart(response, answer, fault.afterBytes, progress);
      }
      request.socket.resetAndDestroy();
      return;
    case 'stall': {
      if (fault.afterBytes === undefined) {
        await stalls.hold(response);
        return sendAnswer(request, response, answer, progress);
      }
      await sendStart(response, answer, fault.afterBytes, progress);
      await stalls.hold(response);
      await sendPieces(response, rest(answer, fault.afterBytes), progress);
      response.end();
      return;
    }
    case 'cut': {
      const { 'Content-Length': length, ...others } = answer.headers;
      const headers = fault.announced ? { ...others, 'Content-Length': length } : others;
      await sendStart(response, { ...answer, headers }, fault.afterBytes, progress);
      if (fault.announced) request.socket.end();
      else response.end();
      return;
    }
    case 'drip':
      return drip(response, answer, fault, progress);
    default:
      return sendAnswer(request, response, answer, progress);
  }
}

/** Sends the headers and the first bytes of the body, and waits until they are written. */
async function sendStart(
  response: ServerResponse,
  answer: Answer,
  bytes: number,
  progress: Progress,
): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  progress.started(answer.status);
  const start = Buffer.concat(sliceOf(answer.body, 0, bytes - 1));
  if (start.length === 0) {
    response.flushHeaders();
    return;
  }
  progress.sent(start.length);
  await new Promise<void>((resolve) => {
    response.once('close', resolve).write(start, () => resolve());
  });
}

function rest(answer: Answer, from: number): readonly Buffer[] {
  return sliceOf(answer.body, from, lengthOf(answer.body) - 1);
}

async function drip(
  response: ServerResponse,
  answer: Answer,
  { bytes, interval }: { bytes: number; interval: number },
  progress: Progress,
): Promise<void> {
  const total = lengthOf(answer.body);
  response.writeHead(answer.status, answer.headers);
  progress.started(answer.status);
  response.flushHeaders();
  for (let from = 0; from < total && !response.destroyed; from += bytes) {
    await new Promise((resolve) => setTimeout(resolve, interval));
    await sendPieces(response, sliceOf(answer.body, from, from + bytes - 1), progress);
  }
  response.end();
}
