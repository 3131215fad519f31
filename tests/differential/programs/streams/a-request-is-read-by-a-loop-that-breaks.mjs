/*
nodes: '>=16'
steps:
  - request: POST /whole
    headers: { Transfer-Encoding: chunked }
    body: "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"
  - connection:
      - send: |+
          POST /breaks HTTP/1.1
          Host: x
          Transfer-Encoding: chunked

      - bytes: "3\r\none\r\n"
      - wait: broken
      - bytes: "3\r\ntwo\r\n0\r\n\r\n"
      - end
*/
import http from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const server = http.createServer(async (req, res) => {
  const before = res.eventNames().map(String).sort().join();
  finished(res).then(
    () => console.log('finished', req.url),
    (error) => console.log(error.code, req.url),
  );
  let text = '';
  try {
    for await (const chunk of req) {
      text += chunk;
      if (req.url === '/breaks') break;
    }
  } catch (error) {
    text += error.code;
  }
  console.log(req.url, req.destroyed, before);
  if (req.url === '/breaks') return res.socket ? res.end(`broken ${text}`) : undefined;
  await pipeline([text], createGzip(), async function* (source) {
    let size = 0;
    for await (const chunk of source) size += chunk.length;
    yield `${text} ${size > 0}`;
  }, res);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
