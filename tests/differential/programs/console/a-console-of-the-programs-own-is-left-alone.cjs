/*
untraced: it takes no request
*/
const { Console } = require('console');
const { Writable } = require('stream');

const lines = [];
const sink = new Writable({
  write(chunk, encoding, done) {
    lines.push(String(chunk));
    done();
  },
});
const own = new Console({ stdout: sink, stderr: process.stderr, groupIndentation: 4, inspectOptions: { compact: false } });
own.group('own');
own.log({ a: 1 });
own.error('to stderr');
class Prefixed extends Console {
  log(...args) {
    super.log('prefixed', ...args);
  }
}
new Prefixed(process.stdout).log('subclass', 1);
console.log(lines, own.log.name, Object.getOwnPropertyNames(own.log));
