import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { onHeartbeat } from '../engine/index.ts';

/** A line on stderr that says what takes so long. */
export interface Progress {
  say(what: string): void;
  stop(): Promise<void>;
}

// In a thread of its own, because planning is synchronous and would keep a timer from firing.
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const frames = ['-', '\\\\', '|', '/'];
let { what, since } = workerData, turn = 0, told = -5;
function write(text) { try { writeSync(2, text); } catch {} }
function draw() {
  const seconds = Math.floor((Date.now() - since) / 1000);
  if (seconds < 1) return;
  if (workerData.terminal) write('\\r\\x1b[K' + frames[turn++ % 4] + ' ' + what + ' ' + seconds + ' s');
  else if (seconds - told >= 5) { write(what + ' ...' + (told < 0 ? '' : ' ' + seconds + ' s') + '\\n'); told = seconds; }
}
setInterval(draw, 120);
parentPort.on('message', (next) => {
  if (next === null) { if (workerData.terminal && turn > 0) write('\\r\\x1b[K'); process.exit(); }
  if (next.what !== what) told = -5;
  ({ what, since } = next);
});
`;

/** Says on stderr what is being done, once it has taken a second. Until then there is no thread: starting one costs a tenth of a short plan. */
function startProgress(what: string): Progress {
  const began = Date.now();
  let now = { what, since: began };
  let worker: Worker | undefined;
  const start = (): void => {
    if (worker !== undefined || Date.now() - began < 1000) return;
    worker = new Worker(thread, { eval: true, execArgv: [], workerData: { ...now, terminal: process.stderr.isTTY === true } });
    worker.unref();
  };
  const timer = setTimeout(start, 1000).unref();
  const deaf = onHeartbeat(start);
  return {
    say(next) {
      now = { what: next, since: Date.now() };
      worker?.postMessage(now);
    },
    async stop() {
      clearTimeout(timer);
      deaf();
      if (worker === undefined) return;
      const ended = Promise.race([once(worker, 'exit'), once(worker, 'error')]);
      worker.ref();
      worker.postMessage(null);
      await ended;
    },
  };
}

/** Does something with a progress line that ends when it ends. */
export async function withProgress<T>(what: string, work: (progress: Progress) => T | Promise<T>): Promise<T> {
  const progress = startProgress(what);
  try {
    return await work(progress);
  } finally {
    await progress.stop();
  }
}
