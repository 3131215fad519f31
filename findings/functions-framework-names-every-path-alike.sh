#!/bin/sh
# Guess: a function served by functions-framework is an Express app, so spans carry the path's route or none.
# Seen (@google-cloud/functions-framework 5.0.5 with express 5, instrumentation-http 0.223.0 and instrumentation-express 0.71.1): every path, known
# to the function or not, is the route `/` and the span is called `GET /`, because the framework mounts the function with app.all.
# Why it matters: a dashboard by route shows one route; a check for "named by route" passes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @google-cloud/functions-framework@5.0.5 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0 \
  @opentelemetry/context-async-hooks@2.12.0 @opentelemetry/instrumentation-http@0.223.0 @opentelemetry/instrumentation-express@0.71.1 >/dev/null
cat >app.js <<'JS'
const { context } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express');
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
for (const Each of [HttpInstrumentation, ExpressInstrumentation]) new Each().setTracerProvider(provider);
const http = require('http');
const functions = require('@google-cloud/functions-framework');
functions.http('shop', (req, res) => res.status(req.path === '/orders/7' ? 200 : 404).end());
const { getTestServer } = require('@google-cloud/functions-framework/testing');
const server = getTestServer('shop').listen(0, '127.0.0.1', async () => {
  for (const path of ['/orders/7', '/nothing/here']) {
    await new Promise((done) => http.get({ port: server.address().port, path, agent: false }, (res) => res.resume().on('end', done)));
  }
  setTimeout(() => {
    const spans = exporter.getFinishedSpans().filter(({ kind }) => kind === 1);
    console.log(spans.map(({ name }) => name).join(', '));
    process.exit();
  }, 300);
});
JS
seen=$(node app.js)
echo "$seen"
[ "$seen" = 'GET /, GET /' ]
