#!/bin/sh
# Guess: a call that waits in an undici Agent's queue keeps the context it was made in, as a call that is sent at once does.
# Seen (undici 7.30.2 with @opentelemetry/instrumentation-undici 0.33.0): of four calls made in four contexts over an Agent with two
# connections, the two that had to wait go out with the traceparent of the calls they waited for.
# Why it matters: under load, and only then, calls of one user appear in the trace of another; a test that asks one after the other is green.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0 \
  @opentelemetry/core@2.12.0 @opentelemetry/context-async-hooks@2.12.0 @opentelemetry/instrumentation-undici@0.33.0 >/dev/null
cat >app.js <<'JS'
const { context, propagation, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { W3CTraceContextPropagator } = require('@opentelemetry/core');
const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const provider = new BasicTracerProvider();
new UndiciInstrumentation().setTracerProvider(provider);
const { Agent, request } = require('undici');
const tracer = provider.getTracer('app');
const owners = new Map();
const wrong = [];
const server = require('http').createServer((req, res) => {
  const sentBy = owners.get((req.headers.traceparent || '').split('-')[1]);
  if (sentBy !== req.url) wrong.push(`${req.url} in the trace of ${sentBy}`);
  setTimeout(() => res.end(), 50);
});
server.listen(0, '127.0.0.1', async () => {
  const dispatcher = new Agent({ connections: 2 });
  const ask = (path) => {
    const span = tracer.startSpan(path);
    owners.set(span.spanContext().traceId, path);
    const go = () => request(`http://127.0.0.1:${server.address().port}${path}`, { dispatcher }).then(({ body }) => body.dump());
    return context.with(trace.setSpan(context.active(), span), go);
  };
  await Promise.all(['/a', '/b', '/c', '/d'].map(ask));
  console.log(wrong.sort().join(', ') || 'each in its own');
  process.exit();
});
JS
old=$(node app.js)
echo "7.30.2: $old"
[ "$old" = '/c in the trace of /a, /d in the trace of /b' ]
