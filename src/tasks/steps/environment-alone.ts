import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSetup } from '../../verify/setup/read-setup.ts';

/** Nothing listens there: a program that needs the address of another one starts, and its calls are refused, before and after alike. */
const NOBODY = '9';

/** What the tracewright.yaml beside several repositories sets for the programs of one of them, when it runs without the others. */
export function environmentAlone(home: string, repository: string): Readonly<Record<string, string>> {
  const file = join(home, 'tracewright.yaml');
  if (!existsSync(file)) return {};
  const own = readSetup(readFileSync(file, 'utf8')).services.filter(({ dir }) => dir === repository || dir.startsWith(`${repository}/`));
  const pairs = own.flatMap(({ env }) => Object.entries(env));
  return Object.fromEntries(pairs.map(([name, value]) => [name, value.replace(/\$\{services\..+?\.(url|port)\}/g, nobody)]));
}

function nobody(_whole: string, what: string): string {
  return what === 'port' ? NOBODY : `http://127.0.0.1:${NOBODY}`;
}
