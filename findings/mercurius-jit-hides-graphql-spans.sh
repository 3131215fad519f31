#!/bin/sh
# Guess: with the official GraphQL instrumentation every query of a Mercurius server has an execute span, compiled or not.
# Seen (mercurius 16.4.0, graphql 16.11.0, @opentelemetry/instrumentation-graphql 0.71.0, sdk-trace-base 2.12.0): with `jit: 1` only the first
# call of a query runs graphql's own functions; from the second on graphql-jit answers and there is no graphql span at all.
# Why it matters: a check that sends each query once sees complete traces of a server that is dark in production.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mercurius@16.4.0 fastify@5.6.0 graphql@16.11.0 @opentelemetry/api@1.9.1 \
  @opentelemetry/sdk-trace-base@2.12.0 @opentelemetry/instrumentation-graphql@0.71.0 >/dev/null
cat >app.js <<'JS'
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { GraphQLInstrumentation } = require('@opentelemetry/instrumentation-graphql');
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const instrumentation = new GraphQLInstrumentation();
instrumentation.setTracerProvider(provider);
async function spansPerCall(jit) {
  const app = require('fastify')();
  app.register(require('mercurius'), { jit, schema: 'type Query { hi: String }', resolvers: { Query: { hi: async () => 'hi' } } });
  const counts = [];
  for (let call = 0; call < 4; call++) {
    exporter.reset();
    await app.inject({ method: 'POST', url: '/graphql', payload: { query: '{ hi }' } });
    await new Promise(setImmediate);
    counts.push(exporter.getFinishedSpans().filter(({ name }) => /^(query|graphql\.execute)/.test(name)).length > 0 ? 1 : 0);
  }
  await app.close();
  return counts.join(' ');
}
(async () => console.log(`jit 0: ${await spansPerCall(0)}, jit 1: ${await spansPerCall(1)}`))();
JS
seen=$(node app.js)
echo "$seen"
[ "$seen" = 'jit 0: 1 1 1 1, jit 1: 1 0 0 0' ]
