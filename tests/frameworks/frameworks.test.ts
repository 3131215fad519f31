import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { driveCell } from './drive-cell.ts';
import { placeCell } from './install-cells.ts';
import { migrateCell } from './migrate-cell.ts';
import { rowOf } from './section.ts';
import { sections } from './sections.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');
const page = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8');

const cells = sections.flatMap((section) => section.cells.map((cell) => ({ section, cell })));

/** Cells whose libraries are development dependencies here. */
const here = [
  'express-5',
  'fastify-5',
  'fastify-5-esm',
  'koa-3',
  'hapi-21',
  'nest-11-express',
  'connect-3',
  'http2',
  'debug-4',
  'graphql-http',
  'grpc-1',
];
const home = mkdtempSync(join(tmpdir(), 'tracewright-coverage-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('docs/coverage.md', () => {
  it('has a row for every cell', () => {
    const missing = cells.filter(({ cell: { framework } }) => !page.includes(`\n| ${framework} | \``));
    expect(missing.map(({ cell: { id } }) => id)).toEqual([]);
  });

  it.concurrent.each(here)('tells what requests to %s get', async (id) => {
    const found = cells.find(({ cell }) => cell.id === id);
    if (found === undefined) throw new Error(`no cell ${id}`);
    const { cell, section } = found;
    mkdirSync(join(home, id));
    symlinkSync(MODULES, join(home, id, 'node_modules'));
    const { after, args } = migrateCell(cell, versionsOf(Object.keys(cell.packages)), 20);
    const driven = await driveCell(placeCell(home, cell, after), args, (port) => section.ask(cell, port));
    expect(rowOf(cell, section.read(driven))).toBe(page.split('\n').find((line) => line.startsWith(`| ${cell.framework} | \``)));
  });
});

function versionsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version]));
}
