import type { IncomingMessage } from 'node:http';
import { type Answer, htmlAnswer, pictureAnswer, redirectAnswer } from '../answer.js';
import { lengthOf } from '../jpeg.js';
import { messagePage, signInPage } from '../pages.js';
import type { AlbumPhoto } from '../photo.js';
import type { Question, Site } from '../site.js';
import type { AnswerFault, Fault, PageFault, PictureFault, SignInFault } from './fault.js';
import { otherFormat } from './other-format.js';

const filler = Buffer.from('<p>There is no end to it. </p>\n'.repeat(2_100));

/**
 * The answer to a request that has a fault. A fault that does not apply to the request (such as a
 * page fault on a picture), or that concerns only the delivery, leaves the correct answer.
 */
export async function faultyAnswer(
  site: Site,
  request: IncomingMessage,
  question: Question,
  fault: Fault,
): Promise<Answer> {
  const rightAnswer = () => site.answer(request, question);
  switch (fault.kind) {
    case 'status':
    case 'body':
    case 'redirect':
    case 'huge':
      return otherAnswer(rightAnswer, fault);
    case 'content-type':
    case 'format':
    case 'range':
      return (await pictureFault(site, request, question, fault)) ?? rightAnswer();
    case 'no-photos':
    case 'extra-items':
    case 'invented-photos':
    case 'signed-out':
      return pageFault(site, request, question, fault) ?? rightAnswer();
    case 'form-action':
    case 'refuse-sign-in':
      return signInFault(request, question, fault) ?? rightAnswer();
    default:
      return rightAnswer();
  }
}

async function otherAnswer(
  rightAnswer: () => Promise<Answer>,
  fault: AnswerFault,
): Promise<Answer> {
  switch (fault.kind) {
    case 'status': {
      const { status, retryAfter, headers } = fault;
      const later = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
      return htmlAnswer(status, messagePage(`Error ${status}`), {
        ...(later !== undefined && { 'Retry-After': later }),
        ...headers,
      });
    }
    case 'redirect':
      return { ...redirectAnswer(fault.to), status: fault.status ?? 302 };
    case 'body': {
      const { headers } = await rightAnswer();
      const body = Buffer.from(fault.body);
      const type = fault.contentType ?? headers['Content-Type'];
      return {
        status: 200,
        headers: { 'Content-Type': type, 'Content-Length': body.length },
        body: [body],
      };
    }
    case 'huge': {
      const right = await rightAnswer();
      const { 'Content-Length': _, ...headers } = right.headers;
      return { ...right, headers, body: fillUp(right.body, fault.bytes) };
    }
  }
}

/** Pads a body to `bytes`. All padding shares one buffer, so that its length costs no memory. */
function fillUp(body: readonly Buffer[], bytes: number): Buffer[] {
  const pieces = [...body];
  let missing = bytes - lengthOf(body);
  for (; missing > 0; missing -= filler.length) pieces.push(filler.subarray(0, missing));
  return pieces;
}

async function pictureFault(
  site: Site,
  request: IncomingMessage,
  question: Question,
  fault: PictureFault,
): Promise<Answer | undefined> {
  const photo = site.photoOf(question);
  if (!photo || (question.kind !== 'original' && question.kind !== 'thumbnail')) return undefined;
  if (fault.kind === 'format') {
    const { type, bytes } = await otherFormat(photo, fault.format);
    const headers = {
      'Content-Type': fault.contentType ?? type,
      'Content-Length': bytes.length,
    };
    return { status: 200, headers, body: [bytes] };
  }
  if (fault.kind === 'content-type') {
    const right = await site.answer(request, question);
    return { ...right, headers: { ...right.headers, 'Content-Type': fault.contentType } };
  }
  if (fault.range === 'ignored') return wholePicture(site, request, question);
  const other: AlbumPhoto = { ...photo, version: `${photo.version}0` };
  return pictureAnswer(request, await site.pictures[question.kind](other), {
    etag: site.etag(other, question.kind),
    lastModified: Date.now(),
  });
}

async function wholePicture(
  site: Site,
  request: IncomingMessage,
  question: Question,
): Promise<Answer> {
  const { range } = request.headers;
  delete request.headers.range;
  const right = await site.answer(request, question);
  if (range !== undefined) request.headers.range = range;
  const { 'Accept-Ranges': _, ...headers } = right.headers;
  return { ...right, headers };
}

function pageFault(
  site: Site,
  request: IncomingMessage,
  question: Question,
  fault: PageFault,
): Answer | undefined {
  if (question.kind !== 'page' || !site.sessions.holds(request.headers.cookie)) return undefined;
  const page = question.page ?? 1;
  switch (fault.kind) {
    case 'no-photos':
      return htmlAnswer(200, site.pages.withCells(page, []));
    case 'extra-items':
      return htmlAnswer(200, site.pages.serve(page, fault.items));
    case 'invented-photos':
      return htmlAnswer(200, site.pages.invented(page));
    case 'signed-out': {
      if (!fault.keepsSession) site.sessions.end(request.headers.cookie);
      return fault.by === 'form' ? htmlAnswer(200, signInPage()) : site.signedOut(request);
    }
  }
}

function signInFault(
  request: IncomingMessage,
  question: Question,
  fault: SignInFault,
): Answer | undefined {
  if (question.kind !== 'sign-in') return undefined;
  const isPost = request.method === 'POST';
  if (fault.kind === 'form-action') {
    return isPost ? undefined : htmlAnswer(200, signInPage(undefined, fault.action));
  }
  if (!isPost) return undefined;
  if (fault.by === 'redirect') return redirectAnswer('/Frame/AllPictures');
  return htmlAnswer(200, signInPage(fault.by === 'error' ? 'Please try again later.' : undefined));
}
