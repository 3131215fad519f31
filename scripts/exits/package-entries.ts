import { existsSync, readFileSync } from 'node:fs';
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

/** The commands of a package, and its scripts that exit. */
export function entriesOf(modules: string, name: string): readonly Entry[] {
  const folder = join(modules, name);
  if (!existsSync(join(folder, 'package.json'))) return [];
  const all = Object.entries(readFolder(folder) ?? {}).filter(([file]) => !file.startsWith('node_modules/'));
  if (all.length > MOST_FILES) return [];
  const files = Object.fromEntries(all);
  const { bin = {} }: { bin?: string | Record<string, string> } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const commands = (typeof bin === 'string' ? [bin] : Object.values(bin)).map((file) => file.replace(/^\.\//, ''));
  const scripts = all.flatMap(([file, bytes]) => (RUNNABLE.test(file) && hasExit(bytes.toString('utf8')) ? [file] : []));
  return [...new Set([...commands, ...scripts])]
    .filter((file) => files[file] !== undefined && isScript(file, String(files[file])))
    .slice(0, 6)
    .map((file) => ({ package: name, file, files }));
}

function isScript(file: string, text: string): boolean {
  return /\.[cm]?js$/.test(file) || /^#!.*\bnode\b/.test(text);
}
