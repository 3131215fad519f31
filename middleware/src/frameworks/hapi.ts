import { watchAssignment } from './assignment';
import { whenLoaded } from './loaded';
import { noteHandled, type Reader, read, textOf } from './reader';

/** Sees each request of hapi, which knows its route with the prefix of its plugin, whoever put the server together. */
export function watchHapi(): void {
  for (const name of ['@hapi/hapi', 'hapi'])
    whenLoaded(`${name}/lib/request.js`, (request) => {
      const prototype = read(request, 'prototype');
      if (typeof prototype === 'object' && prototype !== null)
        watchAssignment(prototype, 'raw', (self, raw) => noteHandled(read(raw, 'req'), self, reader));
    });
}

const reader: Reader = {
  route: (request) => {
    const method = read(request, 'route', 'method');
    // Its own answers to what no route fits.
    return method === '_special' || method === 'notfound' || method === 'badrequest' ? undefined : textOf(read(request, 'route', 'path'));
  },
  error: (request) => read(request, 'response', '_error'),
};
