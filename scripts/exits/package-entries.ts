import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../../tests/harness/read-folder.ts';

export type Files = Readonly<Record<string, Buffer>>;

const EXITS = /\bprocess\.(?:exit|reallyExit|abort|kill)\b|\bexitCode\b/;
const RUNNABLE = /^(?:[^/]+|(?:bin|scripts?|tools?|examples?|cli|cmd)\/.+)\.[cm]?js$/;
const MOST_FILES = 600;

/** A file of a package that a person can run, and what lies around it. */
export interface Entry {
  readonly package: string;
  readonly file: string;
  readonly files: Files;
}

/** Whether the text of a file can end a program. */
export function hasExit(text: string): boolean {
  return EXITS.test(text);
}

/** Every package in a `node_modules`, but for what the migration brings. */
export function installedIn(modules: string): readonly string[] {
  const names = readdirSync(modules).filter((name) => !/^(?:\.|@opentelemetry$|@tracewright$)/.test(name));
  return names.flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : name)).sort();
}

/** The commands of a package, and its scripts that exit. */
export function entriesOf(modules: string, name: string, what: 'all' | 'commands' = 'all'): readonly Entry[] {
  const folder = join(modules, name);
  if (!existsSync(join(folder, 'package.json'))) return [];
  const { bin = {} }: { bin?: string | Record<string, string> } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (what === 'commands' && Object.keys(bin).length === 0) return [];
  const all = Object.entries(readFolder(folder) ?? {}).filter(([file]) => !file.startsWith('node_modules/'));
  if (all.length > MOST_FILES) return [];
  const files = Object.fromEntries(all);
  const commands = (typeof bin === 'string' ? [bin] : Object.values(bin)).map((file) => file.replace(/^\.\//, ''));
  const scripts = (what === 'all' ? all : []).flatMap(([file, bytes]) =>
    RUNNABLE.test(file) && hasExit(bytes.toString('utf8')) ? [file] : [],
  );
  return [...new Set([...commands, ...scripts])]
    .filter((file) => files[file] !== undefined && isScript(file, String(files[file])))
    .slice(0, 6)
    .map((file) => ({ package: name, file, files }));
}

function isScript(file: string, text: string): boolean {
  return /\.[cm]?js$/.test(file) || /^#!.*\bnode\b/.test(text);
}
