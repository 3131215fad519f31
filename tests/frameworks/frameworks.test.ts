import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cells } from './cells.ts';
import { driveCell } from './drive-cell.ts';
import { placeCell } from './install-cells.ts';
import { migrateCell } from './migrate-cell.ts';
import { readCell } from './read-cell.ts';
import { renderCell } from './render-cell.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');
const page = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8');

/** Cells whose libraries are development dependencies here. */
const here = ['express-5', 'fastify-5', 'fastify-5-esm', 'koa-3', 'hapi-21', 'nest-11-express', 'connect-3', 'http2'];
const home = mkdtempSync(join(tmpdir(), 'tracewright-coverage-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('docs/coverage.md', () => {
  it('has a row for every cell', () => {
    expect(cells.filter(({ framework }) => !page.includes(`\n| ${framework} | \``)).map(({ id }) => id)).toEqual([]);
  });

  it.concurrent.each(here)('tells what requests to %s get', async (id) => {
    const cell = cells.find((one) => one.id === id);
    if (cell === undefined) throw new Error(`no cell ${id}`);
    mkdirSync(join(home, id));
    symlinkSync(MODULES, join(home, id, 'node_modules'));
    const { after, args } = migrateCell(cell, versionsOf(Object.keys(cell.packages)), 20);
    const read = readCell(await driveCell(placeCell(home, cell, after), id === 'http2', args));
    expect(renderCell(cell, read)).toBe(page.split('\n').find((line) => line.startsWith(`| ${cell.framework} | \``)));
  });
});

function versionsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version]));
}
