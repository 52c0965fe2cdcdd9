import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageAddress } from './address.js';
import { type Progress, sendAnswer } from './answer.js';
import { Attempts } from './fault/attempts.js';
import { faultyAnswer } from './fault/faulty-answer.js';
import { deliverFaulty } from './fault/faulty-delivery.js';
import { Stalls } from './fault/stalls.js';
import { fillOptions, type ReplicaOptions } from './options.js';
import { type AlbumPhoto, uploadedAt } from './photo.js';
import type { Replica, ReplicaPhoto } from './replica.js';
import { newCounters, type RequestRecord } from './request-log.js';
import { type Question, Site } from './site.js';

/**
 * Starts a replica of the Kodak Pulse web site on 127.0.0.1; resolves once it listens.
 *
 * @throws RangeError for an option out of range; the system's error if the port is taken
 */
export async function startReplica(options: ReplicaOptions = {}): Promise<Replica> {
  const full = fillOptions(options);
  const site = new Site(full);
  const attempts = full.fault && new Attempts(full.fault, site);
  const stalls = new Stalls();
  const requests: RequestRecord[] = [];
  const served = newCounters();
  const startedAt = performance.now();

  const note = (request: IncomingMessage, question: Question): RequestRecord => {
    served.requests++;
    served.byKind[question.kind]++;
    const { headers, method = 'GET', url: path = '/' } = request;
    const record: RequestRecord = {
      method,
      host: headers.host ?? '',
      path,
      kind: question.kind,
      ...(question.page !== undefined && { page: question.page }),
      ...(question.photoId !== undefined && { photoId: question.photoId }),
      cookie: headers.cookie !== undefined,
      authorization: headers.authorization !== undefined,
      ...(headers.range !== undefined && { range: headers.range }),
      at: performance.now() - startedAt,
      status: 0,
      bytes: 0,
    };
    if (full.log) requests.push(record);
    return record;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const question = site.read(request);
    const record = note(request, question);
    const progress: Progress = {
      started(status) {
        record.status = status;
      },
      sent(bytes) {
        record.bytes += bytes;
        served.bytes += bytes;
      },
    };
    const fault = attempts?.next(request, record);
    if (full.latency > 0) await pause(full.latency);
    if (!fault) {
      return sendAnswer(request, response, await site.answer(request, question), progress);
    }
    record.fault = fault.kind;
    const answer = await faultyAnswer(site, request, question, fault);
    return deliverFaulty(request, response, answer, fault, stalls, progress);
  };

  const listen = async (wantedPort: number): Promise<{ server: Server; port: number }> => {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => {
        // A client that waits for an answer must see that there is none.
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    // Longer than any pause in a test: a client that reuses a connection just as the server closes it
    // would see a reset.
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(wantedPort, '127.0.0.1', resolve);
    });
    return { server, port: (server.address() as AddressInfo).port };
  };
  const { server, port } = await listen(full.port);
  const { publicPort = port } = full;
  const url = `http://127.0.0.1:${publicPort}/`;
  site.pages.imageUrl = `http://localhost:${publicPort}/`;
  /** Where the images are, if they have moved. */
  let movedTo: Server | undefined;
  const listed = (photo: AlbumPhoto) => listPhoto(photo, site.pages.imageUrl);

  return {
    port,
    url,
    get imageUrl() {
      return site.pages.imageUrl;
    },
    username: full.username,
    password: full.password,
    envLines: `ALBUM_URL=${url}\nALBUM_USERNAME=${full.username}\nALBUM_PASSWORD=${full.password}\nALBUM_PROFILE=kodak-pulse\n`,
    requests,
    served,
    photos: () => site.album.photos.map(listed),
    async originalBytes(id, version) {
      const photo = site.album.recall(id, version);
      if (!photo) throw new RangeError(`The album never held a photo ${id} ${version ?? ''}.`);
      return Buffer.concat(await site.pictures.original(photo));
    },
    addPhotos: (count) => site.album.add(count).map(listed),
    removePhotos: (which) => site.album.remove(which).map(listed),
    replacePhoto: (id) => listed(site.album.replace(id)),
    async moveImages() {
      const next = await listen(0);
      if (movedTo !== undefined) await closed(movedTo);
      movedTo = next.server;
      site.pages.imageUrl = `http://localhost:${next.port}/`;
    },
    expireSessions: () => site.sessions.expireAll(),
    get stalled() {
      return stalls.count;
    },
    release: () => stalls.release(),
    async close() {
      for (const open of [server, movedTo]) if (open !== undefined) await closed(open);
    },
  };
}

/** Closes a server and all its connections; does nothing to one that is closed. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function listPhoto(photo: AlbumPhoto, imageUrl: string): ReplicaPhoto {
  const { id, version, takenAt, rotation } = photo;
  return {
    id,
    version,
    originalUrl: imageAddress(imageUrl, { kind: 'original', id, version }),
    thumbnailUrl: imageAddress(imageUrl, { kind: 'thumbnail', id, version }),
    takenAt,
    uploadedAt: uploadedAt(photo),
    rotation,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
