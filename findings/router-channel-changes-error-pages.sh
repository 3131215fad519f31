#!/bin/sh
# Guess: a subscriber of a diagnostics channel only listens; the program's output is the same with and without one.
# Seen (express 5.2.1 with router 2.3.0, Node 20): while anybody listens to `tracing:express.router.request:start`, the router calls handlers by
# another way, and the page that Express sends for an error in development shows that way: its stack has other frames.
# Why it matters: error pages are bodies of answers. Tracing by this channel changes them, so a comparison of bodies sees tracing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund express@5.2.1 router@2.3.0 >/dev/null
cat >app.js <<'JS'
if (process.argv[2] === 'on') require('diagnostics_channel').channel('tracing:express.router.request:start').subscribe(() => {});
const app = require('express')();
app.get('/', () => { throw new Error('no'); });
console.error = () => {};
const server = app.listen(0, '127.0.0.1', async () => {
  const page = await (await fetch(`http://127.0.0.1:${server.address().port}/`)).text();
  console.log(/invokeWithTrace|runStores|traceSync|tracePromise/.test(page) ? 'other frames' : 'own frames');
  process.exit();
});
JS
seen="$(node app.js off), $(node app.js on)"
echo "$seen"
[ "$seen" = 'own frames, other frames' ]
