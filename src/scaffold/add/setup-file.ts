import { parse } from 'yaml';
import type { Edit } from '../../contract/index.ts';
import type { Facts } from './facts.ts';
import { appendItem, appendKey } from './yaml-insert.ts';

const FILE = 'tracewright.yaml';

interface Setup {
  readonly services?: readonly { readonly name?: string; readonly env?: object }[];
  readonly scenarios?: readonly { readonly name?: string }[];
}

/** The edit that asks this as well; undefined where the file has another form. */
export function askAlso({ repo, package: { name } }: Facts, request: string, why: string): Edit | undefined {
  const text = repo.read(FILE);
  const scenario = name?.replace(/^@[^/]+\//, '') ?? 'service';
  if (text === undefined)
    return { kind: 'create', file: FILE, text: `version: 1\nscenarios:\n  - name: ${scenario}\n    requests:\n      - ${request}\n`, why };
  return splice(text, appendItem(text, ['scenarios', 0, 'requests'], request), why);
}

/** The edit that adds a scenario; undefined where the file has another form, or has one of that name. */
export function addScenario(facts: Facts, name: string, request: string, why: string): Edit | undefined {
  const text = facts.repo.read(FILE);
  const item = `name: ${name}\nrequests:\n  - ${request}`;
  if (text === undefined)
    return { kind: 'create', file: FILE, text: `version: 1\nscenarios:\n  - ${item.replaceAll('\n', '\n    ')}\n`, why };
  if ((parse(text) as Setup).scenarios?.some((one) => one.name === name)) return undefined;
  return splice(text, appendItem(text, ['scenarios'], item), why);
}

/** Names of the programs that the file starts. */
export function startedServices({ repo }: Facts): readonly string[] {
  const text = repo.read(FILE);
  if (text === undefined) return [];
  return ((parse(text) as Setup).services ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
}

/** The edit that gives the first program a variable; undefined where the file has another form. */
export function giveVariable({ repo }: Facts, key: string, value: string, why: string): Edit | undefined {
  const text = repo.read(FILE);
  return text === undefined ? undefined : splice(text, appendKey(text, ['services', 0, 'env'], key, value), why);
}

function splice(text: string, insert: ReturnType<typeof appendItem>, why: string): Edit | undefined {
  if (insert === undefined || text === '') return undefined;
  return { kind: 'splice', file: FILE, start: insert.at, end: insert.at, text: insert.text, why };
}
