import { builtinModules } from 'node:module';
import { basename, resolve } from 'node:path';
import { type NewService, TracewrightError } from '../contract/index.ts';
import { nodeLines } from './node-lines.ts';

const PART = /^[a-z0-9][a-z0-9._-]*$/;
const RESERVED = new Set(['node_modules', 'favicon.ico', ...builtinModules]);

/** The name of a service in a folder of that name, when nothing else is said. */
export function nameFor(folder: string): string {
  return basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

/** The name without its scope: what the service is called in traces, and its image. */
export function plainName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** Refuses a name that npm refuses, and one that a dependency of the service has. Throws TW1102. */
export function checkName(name: string, dependencies: readonly string[]): void {
  const fault = faultOf(name, dependencies);
  if (fault !== undefined) throw new TracewrightError('TW1102', `'${name}' ${fault}`);
}

function faultOf(name: string, dependencies: readonly string[]): string | undefined {
  const scoped = /^@([^/]+)\/([^/]+)$/.exec(name);
  const parts = scoped === null ? [name] : scoped.slice(1);
  if (name.length > 214) return 'is longer than 214 characters';
  if (!parts.every((part) => PART.test(part)))
    return 'has other characters than lower-case letters, digits, dots, dashes and underscores, or begins with one of them';
  if (scoped === null && RESERVED.has(name)) return 'is a name of Node.js or npm itself';
  if (dependencies.includes(name)) return 'is the name of a package that the service depends on';
  return undefined;
}

/** The answers, all of them checked. Throws TW1104 for a line of Node.js there is none of. */
export function checkAnswers(answers: NewService, dependencies: readonly string[]): NewService {
  checkName(answers.name, dependencies);
  if (!nodeLines.some(({ major }) => major === answers.node))
    throw new TracewrightError('TW1104', `'${answers.node}'; there are ${nodeLines.map(({ major }) => major).join(', ')}`);
  return answers;
}
