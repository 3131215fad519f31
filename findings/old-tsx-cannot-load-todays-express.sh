#!/bin/sh
# Guess: a lock file that pins tsx 4.19.2 goes on working when Express is installed fresh.
# Seen (tsx 4.19.2, express 4.21.2 with what it brings today, Node 20.20.2): `import express from 'express'` ends with a SyntaxError in a dependency
# four levels down (async-function 1.0.0 loads itself from a `require.mjs` that exports by the name `module.exports`); tsx 4.20.6 runs it, and so
# does plain Node.
# Why it matters: a program that does not start before the migration must not count as broken by it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund express@4.21.2 async-function@1.0.0 >/dev/null
echo "import express from 'express'; console.log(typeof express);" >app.ts
cp app.ts app.mjs
for version in 4.19.2 4.20.6; do npm install --silent --no-audit --no-fund --no-save --prefix "tsx-$version" "tsx@$version" >/dev/null; done
old=$("tsx-4.19.2/node_modules/.bin/tsx" app.ts 2>&1 | grep -o 'SyntaxError: .*' | head -n 1) || true
new=$("tsx-4.20.6/node_modules/.bin/tsx" app.ts)
plain=$(node app.mjs)
echo "4.19.2: ${old:-runs}; 4.20.6: $new; node: $plain"
[ "$old" = 'SyntaxError: Unexpected string' ]
[ "$new $plain" = 'function function' ]
