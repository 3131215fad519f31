#!/bin/sh
# Guess: the official pino instrumentation adds a stream beside the program's own; `logger.flush(cb)` still answers when the program's lines are
# in its file.
# Seen (pino 9.9.0, @opentelemetry/instrumentation-pino 0.69.0): the multistream it puts around the destination has no `flush`, so pino calls back
# at once. Without the instrumentation the file holds the line when the callback runs, with it nothing is written yet.
# Why it matters: programs flush before they exit; adding telemetry loses their last lines.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pino@9.9.0 @opentelemetry/api@1.9.1 @opentelemetry/instrumentation-pino@0.69.0 >/dev/null
cat >app.js <<'JS'
if (process.argv[2] === 'on') new (require('@opentelemetry/instrumentation-pino').PinoInstrumentation)();
const pino = require('pino');
const file = `out-${process.argv[2]}.log`;
const logger = pino(pino.destination({ dest: file, minLength: 4096, sync: false }));
logger.info('last line');
const { existsSync, readFileSync } = require('fs');
logger.flush(() => console.log(`${process.argv[2]}: ${existsSync(file) && readFileSync(file, 'utf8') !== '' ? 'written' : 'nothing written'}`));
JS
seen="$(node app.js off) $(node app.js on)"
echo "$seen"
[ "$seen" = 'off: written on: nothing written' ]
