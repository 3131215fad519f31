#!/bin/sh
# Guess: `nodemon node app.js` is `nodemon app.js`, and a flag for Node.js may stand before the file: `nodemon node --import ./x.mjs app.js`.
# Seen (nodemon 3.1.14): it prints "starting `node node app.js`" and runs something else: app.js, with its own name as an argument. With the
# flag it runs ./x.mjs, the first word that is a file, as the program, and app.js never. `nodemon --import ./x.mjs app.js` is right.
# Why it matters: who adds a preload to a script written like this traces nothing and starts nothing; there is no place for a flag in it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund nodemon@3.1.14 >/dev/null
echo "console.log('app', JSON.stringify(process.argv.slice(2)), JSON.stringify(process.execArgv)); setTimeout(() => {}, 100);" >app.js
echo "console.log('preloaded');" >x.mjs
run() {
  (timeout 5 node_modules/.bin/nodemon --quiet "$@" || true) | tr '\n' ' '
}
seen="$(run node app.js)| $(run node --import ./x.mjs app.js)| $(run --import ./x.mjs app.js)"
echo "$seen"
[ "$seen" = 'app ["app.js"] [] | preloaded | preloaded app [] ["--import","./x.mjs"] ' ]
