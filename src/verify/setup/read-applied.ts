import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftTask, Route } from '../../contract/index.ts';

/** What the receipt says was applied here; empty when there is none. */
export interface Applied {
  readonly codemods: readonly string[];
  readonly routes: readonly Route[];
  /** What was left to a person. */
  readonly tasks: readonly LeftTask[];
  /** Files that were not there before. */
  readonly created: readonly string[];
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'service' in value;
}

function isLeftTask(value: unknown): value is LeftTask {
  if (typeof value !== 'object' || value === null || typeof Reflect.get(value, 'line') !== 'number') return false;
  return ['codemod', 'file', 'why', 'next'].every((key) => typeof Reflect.get(value, key) === 'string');
}

function listOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const found: unknown = Reflect.get(value, key);
  return Array.isArray(found) ? found : [];
}

/** Reads the facts that verification and its report need from `.tracewright/receipt.json`; the engine judges the rest of the file. */
export function readApplied(root: string): Applied {
  let receipt: unknown;
  try {
    receipt = JSON.parse(readFileSync(join(root, '.tracewright/receipt.json'), 'utf8'));
  } catch {
    return { codemods: [], routes: [], tasks: [], created: [] };
  }
  const plans = listOf(receipt, 'applied');
  const ids = plans.flatMap((applied) => listOf(applied, 'codemods'));
  return {
    codemods: [...new Set(ids.filter((id) => typeof id === 'string'))],
    routes: listOf(receipt, 'routes').filter(isRoute),
    tasks: plans.flatMap((applied) => listOf(applied, 'tasks').filter(isLeftTask)),
    created: listOf(receipt, 'files').flatMap(createdFile),
  };
}

function createdFile(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'before') !== null) return [];
  const file: unknown = Reflect.get(value, 'file');
  return typeof file === 'string' ? [file] : [];
}
