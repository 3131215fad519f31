import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listTemplates, nodeLines } from '../src/scaffold/index.ts';
import { proveTemplate } from './prove-template.ts';
import { writeLocks } from './write-locks.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `npm run templates:prove -- [ids] [--node <line>=<binary>] [--write]`: every template on each Node.js that is given. */
async function main(words: readonly string[]): Promise<void> {
  const asked = words.filter((word) => !word.startsWith('--') && !word.includes('='));
  const ids = listTemplates()
    .map(({ id }) => id)
    .filter((id) => asked.length === 0 || asked.includes(id));
  if (ids.length === 0) throw new Error(`no such template: ${asked.join(', ')}`);
  if (words.includes('--write')) return writeLocks(root, ids);
  const given = words.flatMap((word) => (/^\d+=/.test(word) ? [word.split('=') as [string, string]] : []));
  const nodes = given.length > 0 ? given : [[lineOf(process.versions.node), process.execPath] as const];
  for (const [line, binary] of nodes)
    for (const id of ids) {
      const folder = mkdtempSync(join(tmpdir(), `tracewright-${id}-`));
      try {
        const proof = await proveTemplate({ root, id, folder, line, binary });
        console.log(`ok  ${id} on Node.js ${line}: ${proof.steps.join(', ')} (${proof.seconds.toFixed(0)} s)`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
}

function lineOf(version: string): string {
  return nodeLines.findLast(({ major }) => Number(major) <= Number.parseInt(version, 10))?.major ?? '20';
}

await main(process.argv.slice(2));
