#!/bin/sh
# Guess: axios stands on node:http whatever its options, so what watches node:http sees each of its calls.
# Seen (axios 1.21.1, instrumentation-http 0.223.0): with `httpVersion: 2` the call goes through node:http2 alone. There is no span, and the
# request carries no traceparent, though the same client without that option has both.
# Why it matters: one option in one call breaks a trace in two, and nothing says so.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund axios@1.21.1 @opentelemetry/api@1.9.1 @opentelemetry/core@2.12.0 @opentelemetry/sdk-trace-base@2.12.0 \
  @opentelemetry/context-async-hooks@2.12.0 @opentelemetry/instrumentation-http@0.223.0 >/dev/null
node -p "'axios ' + require('axios/package.json').version"
cat >app.js <<'JS'
const { context, propagation } = require('@opentelemetry/api');
const { W3CTraceContextPropagator } = require('@opentelemetry/core');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const exporter = new InMemorySpanExporter();
new HttpInstrumentation().setTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const [http, http2, axios] = [require('http'), require('http2'), require('axios')];
const answer = (req, res) => res.end(req.headers.traceparent ? 'carries' : 'bare');
const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
(async () => {
  const [one, two] = [await listen(http.createServer(answer)), await listen(http2.createServer(answer))];
  const first = await axios.get(`http://127.0.0.1:${one}/`);
  const second = await axios.get(`http://127.0.0.1:${two}/`, { httpVersion: 2 });
  const calls = exporter.getFinishedSpans().filter(({ kind }) => kind === 2).length;
  console.log(`HTTP/1 ${first.data}, HTTP/2 ${second.data}, CLIENT spans ${calls}`);
  process.exit();
})();
JS
seen=$(node app.js)
echo "$seen"
[ "$seen" = 'HTTP/1 carries, HTTP/2 bare, CLIENT spans 1' ]
