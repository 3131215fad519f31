import { connect } from 'node:http2';

/** One request over HTTP/2; what came back as text: informational responses, headers, body, trailers, how it ended. */
export function requestOverHttp2(port: number, tls: boolean, text: string): Promise<string> {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const [method = 'GET', path = '/'] = line.split(' ');
  const headers: Record<string, string> = { ':method': method, ':path': path };
  for (const one of lines) {
    const [name = '', value = ''] = one.split(': ');
    if (!['host', 'connection', 'content-length'].includes(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  return new Promise((resolve) => {
    const seen: string[] = [];
    const session = connect(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, { rejectUnauthorized: false });
    const show = (received: Readonly<Record<string, unknown>>): string =>
      Object.entries(received)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n');
    const finish = (ending: string): void => {
      session.close();
      resolve([...seen, `<stream ${ending}>`].join('\n'));
    };
    // The peer is gone: which of our errors says so depends on the moment.
    let isBroken = false;
    session.on('error', () => {
      isBroken = true;
      finish('broken');
    });
    const stream = session.request(headers, { endStream: body === '' });
    stream.on('headers', (informational) => seen.push(show(informational)));
    stream.on('response', (response) => seen.push(show(response), ''));
    stream.on('push', (push) => seen.push(`<push> ${show(push)}`));
    stream.on('trailers', (trailers) => seen.push('', show(trailers)));
    stream.on('data', (bytes: Buffer) => seen.push(bytes.toString('latin1')));
    stream.on('error', () => undefined);
    stream.on('close', () => finish(isBroken || [2, 8].includes(stream.rstCode) ? 'broken' : `closed ${stream.rstCode}`));
    if (body !== '') stream.end(body);
  });
}
