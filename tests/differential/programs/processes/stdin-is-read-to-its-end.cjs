/*
untraced: it takes no request
steps:
  - stdin: "first line\nsecond"
  - stdout: "first line"
  - stdin: " half\nquit\n"
ends: itself
*/
const readline = require('readline');

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => {
  console.log('line', line);
  if (line === 'quit') {
    lines.close();
    process.stdin.unref();
  }
});
