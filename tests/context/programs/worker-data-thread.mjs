import { parentPort, workerData } from 'node:worker_threads';
import { ask } from './ask.cjs';
parentPort.postMessage(await ask(workerData.n));
