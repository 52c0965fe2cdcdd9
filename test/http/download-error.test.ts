import { describe, expect, test } from '@jest/globals';
import { DiskError } from '../../src/errors.js';
import { asDownloadError, DownloadError } from '../../src/http/download-error.js';
import { linkedSignal } from '../../src/http/linked-signal.js';

describe('the error of a download', () => {
  const failure = (code: string, message = 'low-level text') =>
    Object.assign(new Error(message), { code });

  test.each([
    ['ECONNREFUSED', 'the server refuses connections'],
    ['ECONNRESET', 'the connection broke off'],
    ['EPIPE', 'the connection broke off'],
    ['ENOTFOUND', 'the server’s name is not known'],
    ['EAI_AGAIN', 'the server’s name cannot be looked up'],
    ['ETIMEDOUT', 'the server does not answer'],
    ['Z_DATA_ERROR', 'the compressed answer is damaged'],
  ])('%s is a connection that failed, in words for a person', (code, reason) => {
    const cause = failure(code);
    const error = asDownloadError(cause);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ reason, failure: 'connection', cause });
  });

  test.each(['EHOSTUNREACH', 'ENETDOWN', 'HPE_INVALID_CONSTANT', 'CERT_UNKNOWN', 'EPROTO'])(
    '%s is one too, in its own words and with its code',
    (code) => {
      expect(asDownloadError(failure(code))).toMatchObject({
        name: 'DownloadError',
        reason: `low-level text (${code})`,
        failure: 'connection',
      });
    },
  );

  test('of the failures at each address of a name the first one counts', () => {
    const all = new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]);
    expect(asDownloadError(all)).toMatchObject({ reason: 'the server refuses connections' });
  });

  test.each(['EMFILE', 'ENFILE'])('%s is a matter of this machine, and ends the run', (code) => {
    const error = asDownloadError(Object.assign(failure(code), { syscall: 'connect' }));
    expect(error).toBeInstanceOf(DiskError);
    expect(error).toMatchObject({ message: expect.stringContaining('(ulimit -n)') });
  });

  test.each(['ENOSPC', 'EACCES', 'ENOENT', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'])(
    '%s has nothing to do with the network, and is handed through',
    (code) => {
      const error = failure(code);
      expect(asDownloadError(error)).toBe(error);
    },
  );

  test('what is no error with a code is handed through as it is', () => {
    const ours = new DownloadError('the answer is empty');
    const bug = new TypeError('a bug');
    for (const thrown of [ours, bug, 'text', undefined])
      expect(asDownloadError(thrown)).toBe(thrown);
  });

  test('unless it is said otherwise, the server has answered, but not with the original', () => {
    expect(new DownloadError('the answer is empty')).toMatchObject({
      message: 'the answer is empty',
      failure: 'answer',
    });
  });
});

describe('the end of a run', () => {
  const reason = new Error('the run is over');

  test('the end of the run is the end of the request, for the same reason', () => {
    const run = new AbortController();
    const { signal } = linkedSignal(run.signal);
    expect(signal.aborted).toBe(false);
    run.abort(reason);
    expect(signal.reason).toBe(reason);
  });

  test('a request begun after the end of the run is over at once', () => {
    expect(linkedSignal(AbortSignal.abort(reason)).signal.reason).toBe(reason);
  });

  test('once released it hears nothing more', () => {
    const run = new AbortController();
    const { signal, release } = linkedSignal(run.signal);
    release();
    run.abort(reason);
    expect(signal.aborted).toBe(false);
  });
});
