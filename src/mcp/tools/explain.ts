import { catalogue, type ErrorCode, TracewrightError } from '../../contract/index.ts';
import { type Answer, nextCall } from '../answer.ts';
import { textOf } from '../input.ts';
import { objectSchema } from '../schema.ts';
import type { Tool } from '../tool.ts';

const begin = nextCall('plan', { root: '.' }, 'Shows what would change.');

export const explain: Tool = {
  name: 'explain',
  title: 'Explain a code or a codemod',
  description:
    'Says what an error code such as TW2001 means and what to do, or what a codemod such as otel-load does, which versions it supports and which spans it promises.',
  inputSchema: objectSchema({ topic: { type: 'string', maxLength: 64, description: 'A code, or the id of a codemod.' } }, ['topic']),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  call: async (input) => {
    const topic = textOf(input, 'topic') ?? '';
    const code = topic.toUpperCase();
    return isErrorCode(code) ? explainCode(code) : explainCodemod(topic);
  },
};

function explainCode(code: ErrorCode): Answer {
  const { title, next } = catalogue[code];
  return { topic: code, title, whatToDo: next, done: true, next: begin };
}

async function explainCodemod(topic: string): Promise<Answer> {
  const { listCodemods } = await import('../../registry/index.ts');
  const codemod = listCodemods().find(({ meta }) => meta.id === topic);
  if (codemod === undefined) throw new TracewrightError('TW1075', topic);
  const { id, title, description, kind, targets, after } = codemod.meta;
  return { topic: id, title, description, kind, targets, after, expects: codemod.expects, done: true, next: begin };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
