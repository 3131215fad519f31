import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../contract/index.ts';

/** What the receipt says was applied here; empty when there is none. */
export interface Applied {
  readonly codemods: readonly string[];
  readonly routes: readonly Route[];
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'service' in value;
}

function listOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const found: unknown = Reflect.get(value, key);
  return Array.isArray(found) ? found : [];
}

/** Reads the two facts that verification needs from `.tracewright/receipt.json`; the engine judges the rest of the file. */
export function readApplied(root: string): Applied {
  let receipt: unknown;
  try {
    receipt = JSON.parse(readFileSync(join(root, '.tracewright/receipt.json'), 'utf8'));
  } catch {
    return { codemods: [], routes: [] };
  }
  const ids = listOf(receipt, 'applied').flatMap((applied) => listOf(applied, 'codemods'));
  return {
    codemods: [...new Set(ids.filter((id) => typeof id === 'string'))],
    routes: listOf(receipt, 'routes').filter(isRoute),
  };
}
