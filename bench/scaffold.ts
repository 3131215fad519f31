import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Cost, measureNode } from './child.ts';
import { median, type Row } from './table.ts';

const rounds = 9;
const vite = 'create-vite@9.3.0';

/** From the command to the files, beside an empty Node process and create-vite, interleaved. */
export function benchScaffold(cli: string): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-scaffold-'));
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', vite], { stdio: 'ignore' });
    const commands: Readonly<Record<string, (place: string) => readonly string[]>> = {
      'empty node': () => ['-e', '0'],
      // It takes a path as one below the folder it runs in.
      [`${vite} vanilla-ts`]: (place) => [
        join(folder, 'node_modules/create-vite/index.js'),
        relative('.', place),
        '-t',
        'vanilla-ts',
        '--no-interactive',
      ],
      'new http-js': (place) => [cli, 'new', 'http-js', place, '--yes', '--no-git'],
      'new nest-ts': (place) => [cli, 'new', 'nest-ts', place, '--yes', '--no-git'],
    };
    const costs = new Map<string, Cost[]>(Object.keys(commands).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const [at, [name, words]] of Object.entries(commands).entries()) {
        const place = join(folder, `service-${round}-${at}`);
        costs.get(name)?.push(measureNode(words(place)));
        if (at > 0 && !existsSync(join(place, 'package.json'))) throw new Error(`${name} wrote nothing`);
      }
    return rowsOf(costs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(costs: ReadonlyMap<string, readonly Cost[]>): Row[] {
  const walls = [...costs].map(([name, each]) => [name, median(each.map(({ wallMs }) => wallMs))] as const);
  const [empty = 1, other = 1] = walls.map(([, wall]) => wall);
  return walls.map(([command, wall]) => ({
    command,
    'wall ms': Math.round(wall),
    'of an empty process': (wall / empty).toFixed(2),
    'of create-vite': (wall / other).toFixed(2),
  }));
}
