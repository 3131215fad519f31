import type { FileInfo } from './transform-file.ts' with { 'resolution-mode': 'import' };
import type { Answer, Question } from './worker.ts' with { 'resolution-mode': 'import' };

const path: typeof import('node:path') = require('node:path');
const threads: typeof import('node:worker_threads') = require('node:worker_threads');

type Worker = import('node:worker_threads').Worker;

interface Waiting {
  resolve(text: string | undefined): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let count = 0;

/** Transforms a file in a thread of its own, because jscodeshift runs every module of its process through Babel. */
function askWorker(id: string, { path: file, source }: FileInfo): Promise<string | undefined> {
  worker ??= startWorker();
  count += 1;
  const question: Question = { number: count, id, file: { path: path.resolve(file), source } };
  worker.ref();
  worker.postMessage(question);
  return new Promise((resolve, reject) => waiting.set(question.number, { resolve, reject }));
}

function startWorker(): Worker {
  const started = new threads.Worker(path.join(__dirname, 'worker.js'));
  started.on('message', ({ number, text, failure }: Answer) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    // An idle worker must not keep jscodeshift alive.
    if (waiting.size === 0) started.unref();
    if (failure === undefined) asked?.resolve(text);
    else asked?.reject(new Error(failure));
  });
  started.on('error', (error) => {
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  });
  return started;
}

module.exports = { askWorker };
