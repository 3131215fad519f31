'use strict';
// Serves ROW: each request makes one outgoing call, after the library of the row has had its turn.
require('./instrumentation.cjs');
const http = require('http');
const { trace } = require('@opentelemetry/api');
const make = require(`./${process.env.ROW}.cjs`);

const { TARGET } = process.env;
const call = (n) =>
  new Promise((resolve, reject) => {
    http.get(`${TARGET}/?n=${n}`, (res) => res.resume().on('end', resolve)).on('error', reject);
  });
/** The trace that runs, for what is said where no request is. */
const traceId = () => (trace.getActiveSpan() ? trace.getActiveSpan().spanContext().traceId : 'none');

Promise.resolve(make({ call, traceId, broker: process.env.BROKER })).then((handle) => {
  const server = http.createServer((req, res) => {
    Promise.resolve(handle(Number(req.url.slice(1)), req)).then(
      () => res.end('done'),
      (error) => {
        console.error(error);
        res.writeHead(500).end();
      },
    );
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
});
