import { type Cost, measureNode } from './child.ts';
import { median, type Row } from './table.ts';

const rounds = 11;

/** The CLI's start-up against an empty Node process, interleaved. */
export function benchStartup(cli: string): Row[] {
  const commands: Record<string, readonly string[]> = {
    'empty node': ['-e', '0'],
    '--version': [cli, '--version'],
    '--help': [cli, '--help'],
  };
  const costs = new Map<string, Cost[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) costs.get(name)?.push(measureNode(args));
  }
  const wall = (name: string): number => median((costs.get(name) ?? []).map((cost) => cost.wallMs));
  return Object.keys(commands).map((name) => ({
    command: name,
    'wall ms': Math.round(wall(name)),
    ratio: (wall(name) / wall('empty node')).toFixed(2),
  }));
}
