#!/bin/sh
# Guess: the span of `handler(event, context, callback)` ends with the callback, with its error.
# Seen (@opentelemetry/instrumentation-aws-lambda 0.75.0): with AWS_EXECUTION_ENV=AWS_Lambda_nodejs20.x the span ends when the handler returns,
# unset and without the error; without that variable (container images do not have it) the handler gets no callback at all, and the process
# ends with "callback is not a function".
# Why it matters: functions from before 2018, and every one of them in an image, need another wrapper.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund @opentelemetry/instrumentation-aws-lambda@0.75.0 @opentelemetry/instrumentation@0.223.0 \
  @opentelemetry/sdk-trace-node@2.12.0 @opentelemetry/api@1.9.1 >/dev/null
cat >handler.js <<'JS'
exports.handler = (event, context, callback) => setTimeout(() => callback(new Error('broken')), 50);
JS
cat >run.js <<'JS'
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
Object.assign(process.env, { LAMBDA_TASK_ROOT: __dirname, _HANDLER: 'handler.handler' });
const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
registerInstrumentations({ tracerProvider, instrumentations: [new AwsLambdaInstrumentation()] });
const context = { functionName: 'f', invokedFunctionArn: 'arn:aws:lambda:eu-west-1:1:function:f', awsRequestId: '1' };
require(`${__dirname}/handler.js`).handler({}, context, (error) => console.log('callback', error.message));
setTimeout(() => console.log('spans', JSON.stringify(exporter.getFinishedSpans().map((span) => [span.status.code, span.events.length]))), 300);
JS
managed=$(AWS_EXECUTION_ENV=AWS_Lambda_nodejs20.x node run.js)
image=$(AWS_EXECUTION_ENV='' node run.js 2>&1 || true)
echo "managed runtime: $managed"
echo "image: $(echo "$image" | grep TypeError)"
[ "$managed" = "$(printf 'callback broken\nspans [[0,0]]')" ]
echo "$image" | grep -q 'callback is not a function'
