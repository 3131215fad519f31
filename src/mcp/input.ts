import type { PlanOptions } from '../contract/index.ts';
import { lineFor, nameFor } from '../scaffold/index.ts';
import type { Input } from './answer.ts';

/** A text argument; its schema says that it is one. */
export function textOf(input: Input, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' ? value : undefined;
}

/** What `only`, `with` and `skip` choose, or the template of a new service in the folder `path`. */
export function choiceOf(input: Input, path: string): PlanOptions {
  const [template, name, node] = textOf(input, 'template')?.trim().split(/\s+/) ?? [];
  if (template !== undefined) {
    const scaffold = { template, name: name ?? nameFor(path), node: node ?? lineFor(process.versions.node) };
    return { only: [], skip: [], scaffold };
  }
  return { only: listOf(input, 'only'), with: listOf(input, 'with'), skip: listOf(input, 'skip') };
}

/** The same choice as arguments of a call; what is not chosen is left out. */
export function choiceInput({ only, with: also = [], skip, scaffold }: PlanOptions): Input {
  if (scaffold !== undefined) return { template: [scaffold.template, scaffold.name, scaffold.node].join(' ') };
  return { ...(only.length > 0 && { only }), ...(skip.length > 0 && { skip }), ...(also.length > 0 && { with: also }) };
}

/** The most characters an answer may have. */
export function capOf(input: Input, fallback: number): number {
  const tokens = input['maxTokens'];
  return typeof tokens === 'number' ? tokens * 4 : fallback;
}

function listOf(input: Input, key: string): readonly string[] {
  const value = input[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
