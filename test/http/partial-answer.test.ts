import { describe, expect, test } from '@jest/globals';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { withServer } from '../helpers/with-server.js';

const body = 'bytes';

describe.each(bothClients)('the %s client', (kind) => {
  const fetched = (status: number, range?: string) =>
    withServer(
      (_request, response) =>
        response.writeHead(status, range === undefined ? {} : { 'content-range': range }).end(body),
      (origin) => withClients(origin, ({ fetch }) => fetch[kind](origin)),
    );

  test('takes a 203 for a 200', async () => {
    expect((await fetched(203)).bytes.toString()).toBe(body);
  });

  test.each(['bytes 0-4/5', 'Bytes 0-4/5', ' bytes 0-4/5 '])(
    'takes a 206 that nobody asked for as the whole, where it is: %s',
    async (range) => {
      expect((await fetched(206, range)).bytes.toString()).toBe(body);
    },
  );

  test.each(['bytes 0-4/6', 'bytes 1-5/6', 'bytes 0-4/*', 'bytes */5', undefined])(
    'names a part that nobody asked for: %s',
    async (range) => {
      await expect(fetched(206, range)).rejects.toThrow(
        'the server sent a part (206) where the whole was requested',
      );
    },
  );
});
