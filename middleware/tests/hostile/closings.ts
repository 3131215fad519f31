import { type Behaviour, crashing, raw } from './behaviour.ts';
import { answer, follow, OK, REFUSED } from './requests.ts';

const CLOSE = answer('413 Payload Too Large', { connection: 'close' });
const HALF_HEAD = 'HTTP/1.1 200 OK\r\ncontent-le';
const HALF_BODY = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf';

/** Every order of reading, answering and closing. */
export const CLOSINGS: readonly Behaviour[] = [
  raw('closes at once', (socket) => socket.end()),
  raw('resets at once', (socket) => socket.resetAndDestroy()),
  raw('closes after the headers', (socket) => follow(socket, { head: () => socket.end() })),
  raw('destroys after the headers', (socket) => follow(socket, { head: () => socket.destroy() })),
  raw('resets after the headers', (socket) => follow(socket, { head: () => socket.resetAndDestroy() })),
  raw('closes in the middle of the body', (socket) => follow(socket, { half: () => socket.destroy() })),
  raw('resets in the middle of the body', (socket) => follow(socket, { half: () => socket.resetAndDestroy() })),
  raw('closes after the body, without an answer', (socket) => follow(socket, { whole: () => socket.end() })),
  raw('resets after the body, without an answer', (socket) => follow(socket, { whole: () => socket.resetAndDestroy() })),
  raw('closes in the middle of the answer headers', (socket) => follow(socket, { whole: () => socket.end(HALF_HEAD) })),
  raw('resets in the middle of the answer headers', (socket) =>
    follow(socket, { whole: () => socket.write(HALF_HEAD, () => socket.resetAndDestroy()) }),
  ),
  raw('closes in the middle of the answer body', (socket) => follow(socket, { whole: () => socket.end(HALF_BODY) })),
  raw('resets in the middle of the answer body', (socket) =>
    follow(socket, { whole: () => socket.write(HALF_BODY, () => socket.resetAndDestroy()) }),
  ),
  raw('answers and closes, although it said keep-alive', (socket) => follow(socket, { whole: () => socket.end(OK) })),
  raw('answers and resets', (socket) => follow(socket, { whole: () => socket.write(OK, () => socket.resetAndDestroy()) })),
  raw('answers, and closes the idle connection', (socket) =>
    follow(socket, { whole: () => socket.write(OK) && setTimeout(() => socket.end(), 5) }),
  ),
  raw('answers, and resets the idle connection', (socket) =>
    follow(socket, { whole: () => socket.write(OK) && setTimeout(() => socket.resetAndDestroy(), 5) }),
  ),
  raw('resets when a connection is used again', (socket) =>
    follow(socket, { first: (nth) => nth > 1 && socket.resetAndDestroy(), whole: () => socket.write(OK) }),
  ),
  raw('closes when a connection is used again', (socket) =>
    follow(socket, { first: (nth) => nth > 1 && socket.destroy(), whole: () => socket.write(OK) }),
  ),
  raw('answers 413 before the body, then closes', (socket) => follow(socket, { head: () => socket.end(REFUSED) })),
  crashing('answers 413 before the body, then destroys', (socket) =>
    follow(socket, { head: () => socket.pause().write(REFUSED, () => socket.destroy()) }),
  ),
  crashing('answers 413 before the body, then resets', (socket) =>
    follow(socket, { head: () => socket.pause().write(REFUSED, () => socket.resetAndDestroy()) }),
  ),
  crashing('answers 413 before the body, then destroys a little later', (socket) =>
    follow(socket, { head: () => socket.pause().write(REFUSED) && setTimeout(() => socket.destroy(), 20) }),
  ),
  raw('answers 413 before the body, reads no further and stays', (socket) => follow(socket, { head: () => socket.pause().write(REFUSED) })),
  raw('answers 413 before the body and reads on', (socket) => follow(socket, { head: () => socket.write(REFUSED) })),
  raw('answers 413 with connection: close before the body, then destroys', (socket) =>
    follow(socket, { head: () => socket.pause().write(CLOSE, () => socket.destroy()) }),
  ),
  raw('answers 413 with connection: close before the body, then resets', (socket) =>
    follow(socket, { head: () => socket.pause().write(CLOSE, () => socket.resetAndDestroy()) }),
  ),
  crashing('answers 200 before the body, then destroys', (socket) =>
    follow(socket, { head: () => socket.pause().write(OK, () => socket.destroy()) }),
  ),
  crashing('answers 200 in the middle of the body, then destroys', (socket) =>
    follow(socket, { half: () => socket.pause().write(OK, () => socket.destroy()) }),
  ),
  crashing('answers 401 before the headers are complete, then destroys', (socket) =>
    follow(socket, { first: () => socket.pause().write(answer('401 Unauthorized'), () => socket.destroy()) }),
  ),
  crashing('answers before it is asked, then destroys', (socket) => socket.write(REFUSED, () => setTimeout(() => socket.destroy(), 5))),
  raw('closes its half, then reads all', (socket) => socket.resume().end()),
  raw('answers 413, closes its half, then reads all', (socket) => follow(socket, { head: () => socket.end(REFUSED) })),
  crashing('answers 413, closes its half, then destroys', (socket) =>
    follow(socket, { head: () => socket.pause().end(REFUSED) && setTimeout(() => socket.destroy(), 20) }),
  ),
  raw('answers 413, closes its half, and reads nothing', (socket) => follow(socket, { head: () => socket.pause().end(REFUSED) })),
];
