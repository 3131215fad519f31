import wire from './wire.cjs';

const tell = (error) => `${error.name} ${error.code} ${error.message} ${error.cause ? `${error.cause.name} ${error.cause.code}` : ''}`;

/** Answers by the path: not at all, in part, elsewhere, or well. */
function answer(socket, line) {
  if (/hangs/.test(line)) return;
  if (/cut/.test(line)) return void socket.destroy();
  if (/partial/.test(line)) return void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok', () => setTimeout(() => socket.destroy(), 30));
  if (/redirect/.test(line)) return void socket.write('HTTP/1.1 302 Found\r\nLocation: /landed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  if (/hints/.test(line)) socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
  socket.write(`HTTP/1.1 200 OK\r\nX-D: 1\r\nX-D: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\n${/^HEAD/.test(line) ? '' : 'ok'}`);
}

/** A server, and `call`, which fetches and prints what its caller sees and what was sent. */
export async function startFetches() {
  const { server, url, sent, hide } = await wire.startWire(answer);
  const call = async (name, ...args) => {
    let seen;
    try {
      const response = await fetch(...args);
      seen = [response.status, response.redirected, [...response.headers], await response.text()];
    } catch (error) {
      seen = tell(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(hide(JSON.stringify([name, seen, sent()])));
  };
  return { server, url, call };
}
