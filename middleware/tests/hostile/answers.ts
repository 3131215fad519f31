import { type Behaviour, raw } from './behaviour.ts';
import { answer, flood, follow, OK } from './requests.ts';

const busy = (after: string): string => answer('503 Service Unavailable', { 'retry-after': after });
const PARTIAL = '\x0a\x1f\x08\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x12\x10half was rejected';

/** Answers that are slow, endless, wrong or not HTTP at all. The body has been read. */
export const ANSWERS: readonly Behaviour[] = [
  raw('never answers', (socket) => follow(socket, {})),
  raw('never reads', (socket) => socket.pause()),
  raw('reads a little now and then', (socket) => {
    socket.pause();
    const timer = setInterval(() => socket.read(1024), 20);
    socket.on('close', () => clearInterval(timer));
  }),
  raw('answers one byte at a time', (socket) =>
    follow(socket, {
      whole: () => {
        let at = 0;
        const timer = setInterval(() => at < OK.length && socket.writable && socket.write(OK.charAt(at++)), 100);
        socket.on('close', () => clearInterval(timer));
      },
    }),
  ),
  raw('never ends the answer', (socket) => follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx') })),
  raw('never ends a chunked answer', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n') }),
  ),
  raw('floods with an endless answer', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\n\r\n') && flood(socket, 'endless ') }),
  ),
  raw('floods with an endless error page', (socket) =>
    follow(socket, { head: () => socket.write('HTTP/1.1 500 No\r\n\r\n') && flood(socket, 'endless ') }),
  ),
  raw('floods with chunk extensions', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;') && flood(socket, 'extension') }),
  ),
  raw('floods with headers', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\n') && flood(socket, 'x-a: b\r\n') }),
  ),
  raw('floods with 100 Continue', (socket) => follow(socket, { whole: () => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n') })),
  raw('floods with 103 Early Hints', (socket) =>
    follow(socket, { whole: () => flood(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n') }),
  ),
  raw('floods an idle connection with answers', (socket) => follow(socket, { whole: () => socket.write(OK) && flood(socket, OK) })),
  raw('floods an idle connection with garbage', (socket) => follow(socket, { whole: () => socket.write(OK) && flood(socket, 'garbage') })),
  raw('answers twice', (socket) => follow(socket, { whole: () => socket.write(OK + OK) })),
  raw('answers with a header of 64 KB', (socket) =>
    follow(socket, { whole: () => socket.write(answer('200 OK', { 'x-long': 'x'.repeat(65536) })) }),
  ),
  raw('answers with more than it announced', (socket) =>
    follow(socket, { whole: () => socket.write(answer('200 OK', { 'content-length': '2' }, 'twenty bytes of body')) }),
  ),
  raw('answers with less than it announced', (socket) =>
    follow(socket, { whole: () => socket.end(answer('200 OK', { 'content-length': '2000' }, 'short')) }),
  ),
  raw('answers with two lengths', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx') }),
  ),
  raw('answers with a negative length', (socket) =>
    follow(socket, { whole: () => socket.write(answer('200 OK', { 'content-length': '-1' })) }),
  ),
  raw('answers with a wrong chunk size', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nxx\r\n') }),
  ),
  raw('answers 204 with a body', (socket) => follow(socket, { whole: () => socket.write('HTTP/1.1 204 No Content\r\n\r\nbody') })),
  raw('switches protocols', (socket) =>
    follow(socket, { whole: () => socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\nxx') }),
  ),
  raw('redirects to itself', (socket) =>
    follow(socket, { whole: () => socket.write(answer('307 Temporary', { location: '/v1/traces' })) }),
  ),
  raw('redirects to nowhere', (socket) => follow(socket, { whole: () => socket.write(answer('301 Moved', { location: 'http://[:' })) })),
  raw('is busy and wants no wait at all', (socket) => follow(socket, { whole: () => socket.write(busy('0')) })),
  raw('is busy for longer than the universe', (socket) => follow(socket, { whole: () => socket.write(busy('9'.repeat(400))) })),
  raw('is busy until a time that is none', (socket) => follow(socket, { whole: () => socket.write(busy('-1e9, never')) })),
  raw('is busy until the year 275760', (socket) => follow(socket, { whole: () => socket.write(busy('Sat, 13 Sep 275760 00:00:00 GMT')) })),
  raw('answers with garbage', (socket) => follow(socket, { whole: () => socket.write('\0\x01\x02 garbage \xff\r\n\r\n') })),
  raw('answers 200 with a body that is no protobuf', (socket) =>
    follow(socket, { whole: () => socket.write(answer('200 OK', {}, '\x0a\xff\xff garbage')) }),
  ),
  raw('answers that all was rejected', (socket) =>
    follow(socket, { whole: () => socket.write(Buffer.from(answer('200 OK', {}, PARTIAL), 'latin1')) }),
  ),
  raw('answers with a compressed body that is none', (socket) =>
    follow(socket, { whole: () => socket.write(answer('200 OK', { 'content-encoding': 'gzip' }, 'not gzip')) }),
  ),
  raw('answers with status 999', (socket) => follow(socket, { whole: () => socket.write(answer('999 What')) })),
  raw('speaks HTTP/2', (socket) =>
    follow(socket, { first: () => socket.write(Buffer.from('\0\0\x06\x04\0\0\0\0\0\0\x05\0\0@\0', 'latin1')) }),
  ),
  raw('speaks SMTP', (socket) => socket.write('220 mail ESMTP ready\r\n')),
];
