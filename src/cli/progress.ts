import { Worker } from 'node:worker_threads';

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
let what = workerData.what, since = Date.now(), turn = 0, told = -5;
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
  if (next !== what) told = -5;
  what = next; since = Date.now();
});
`;

/** Starts saying on stderr what is being done, once it has taken a second. */
function startProgress(what: string): Progress {
  const worker = new Worker(thread, { eval: true, execArgv: [], workerData: { what, terminal: process.stderr.isTTY === true } });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
  worker.unref();
  return {
    say: (next) => worker.postMessage(next),
    stop: () => {
      worker.ref();
      worker.postMessage(null);
      return ended;
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
