/*
steps:
  - request: GET /items/5
    headers: { traceparent: 00-11111111111111111111111111111111-2222222222222222-01, tracestate: a=1, baggage: k=v, X-Own: '1' }
  - request: GET /items/6
    headers: { X-Own: '1' }
*/
'use strict';
const http = require('http');

/** What came, without values that tracing makes: how often each header is there. */
const store = http.createServer((req, res) => {
  const names = req.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ url: req.url, own: req.headers['x-own'], twice, length: (req.headers.traceparent || '').length > 55 }));
});

async function answer(req) {
  const { host, connection, ...headers } = req.headers;
  const base = `http://127.0.0.1:${store.address().port}`;
  const fetched = await (await fetch(`${base}/fetch${req.url}`, { headers })).json();
  const paired = await (await fetch(`${base}/pairs${req.url}`, { headers: Object.entries(headers) })).json();
  const got = await get(`${base}/get${req.url}`, headers);
  const listed = await get(`${base}/list${req.url}`, [...Object.entries(headers).flat(), 'Host', 'store']);
  return [fetched, paired, got, listed];
}

function get(url, headers) {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers }, (res) => {
        let text = '';
        res.on('data', (data) => {
          text += data;
        });
        res.on('end', () => resolve(JSON.parse(text)));
      })
      .on('error', reject);
  });
}

const server = http.createServer((req, res) => {
  answer(req).then(
    (all) => res.end(JSON.stringify(all)),
    (error) => res.writeHead(500).end(String(error)),
  );
});
store.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)));
