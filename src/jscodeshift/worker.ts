import { parentPort } from 'node:worker_threads';
import { type FileInfo, transformFile } from './transform-file.ts';

/** One file to transform, and the answer to it. */
export interface Question {
  readonly number: number;
  readonly id: string;
  readonly file: FileInfo;
}

export interface Answer {
  readonly number: number;
  readonly text?: string | undefined;
  readonly failure?: string;
}

function answer({ number, id, file }: Question): Answer {
  try {
    return { number, text: transformFile(id, file) };
  } catch (error) {
    return { number, failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));
