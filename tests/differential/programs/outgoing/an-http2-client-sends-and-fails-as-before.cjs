/*
ends: itself
untraced: nothing of http2 is traced
*/
'use strict';
const http2 = require('http2');

const server = http2.createServer((req, res) => {
  if (req.url === '/reset') return req.stream.close(http2.constants.NGHTTP2_CANCEL);
  const names = Object.keys(req.headers).sort();
  res.setHeader('x-names', names.join());
  req.on('data', () => undefined);
  req.on('end', () => res.end(JSON.stringify([req.method, req.url, req.headers['x-a'], req.headers.traceparent])));
});

function call(session, name, headers, options, body) {
  return new Promise((resolve) => {
    const log = [];
    let stream;
    try {
      stream = session.request(headers, options);
    } catch (error) {
      console.log(name, error.name, error.code, error.message);
      return resolve();
    }
    for (const event of ['response', 'headers', 'data', 'trailers', 'end', 'aborted', 'error'])
      stream.on(event, (value) => log.push(`${event} ${value instanceof Error ? value.code : Buffer.isBuffer(value) ? value : value ? value[':status'] : ''}`));
    stream.on('close', () => {
      console.log(name, log);
      resolve();
    });
    stream.end(body);
  });
}

server.listen(0, '127.0.0.1', async () => {
  const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const traceparent = '00-11111111111111111111111111111111-2222222222222222-01';
  await call(session, 'get', { ':path': '/get', 'x-a': '1' });
  await call(session, 'forwarded', { ':path': '/forwarded', traceparent });
  await call(session, 'array', { ':path': '/array', 'x-a': ['1', '2'] });
  await call(session, 'post', { ':path': '/post', ':method': 'POST' }, undefined, 'body');
  await call(session, 'reset', { ':path': '/reset' });
  await call(session, 'twice', { ':path': '/twice', traceparent: [traceparent, traceparent] });
  await call(session, 'frozen', Object.freeze({ ':path': '/frozen' }));
  await call(session, 'refused', { 'connection': 'close' });
  session.close();
  server.close();
});
