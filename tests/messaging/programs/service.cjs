'use strict';
// One half of a service: ROLE=api puts numbers on a queue, ROLE=worker takes them and asks TARGET for each.
require('./instrumentation.cjs');
const http = require('http');
const queue = require(`./${process.env.LIBRARY}.cjs`);

const { ROLE, BROKER, TARGET, FAIL } = process.env;
const CONSUMERS = 8;

async function api() {
  const { send, work: start } = await queue.open(BROKER);
  if (ROLE === 'both') await start(work, CONSUMERS);
  const server = http.createServer((req, res) => {
    const n = Number(req.url.slice(1));
    send(n).then(
      () => res.end('queued'),
      (error) => {
        console.error(error);
        res.writeHead(500).end();
      },
    );
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

const seen = new Set();

/** The work on one message: an outgoing call, now and then a failure of the first try. */
async function work(n, message) {
  if (message !== undefined) process.stdout.write(`got ${JSON.stringify(message)}\n`);
  await new Promise((resolve) => setTimeout(resolve, n % 4));
  if (Number(FAIL) > 0 && n % Number(FAIL) === 0 && !seen.has(n)) {
    seen.add(n);
    throw new RangeError(`no luck with ${n}`);
  }
  await new Promise((resolve, reject) => {
    http.get(`${TARGET}/?n=${n}`, (res) => res.resume().on('end', resolve)).on('error', reject);
  });
  process.stdout.write(`done ${n}\n`);
}

(ROLE !== 'worker'
  ? api()
  : queue
      .open(BROKER)
      .then((opened) => opened.work(work, CONSUMERS))
      .then(() => console.log('ready'))
).catch((error) => {
  console.error(error);
  process.exit(1);
});
