import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Driven, driveCell } from '../tests/frameworks/drive-cell.ts';
import { installAdded, installCell, installZeroCode, placeCell } from '../tests/frameworks/install-cells.ts';
import { migrateCell } from '../tests/frameworks/migrate-cell.ts';
import { besideOf, rowOf, type Section } from '../tests/frameworks/section.ts';
import { sections } from '../tests/frameworks/sections.ts';

/**
 * Runs every framework as its authors wrote it with zero-code instrumentation, and as `plan` and `apply` leave it, and writes what its
 * requests got: `npm run coverage`. With words, only the cells whose id has one of them, without zero-code unless one of them is `zero`.
 */
const page = join(import.meta.dirname, '../docs/coverage.md');
const home = process.env['COVERAGE_HOME'] ?? mkdtempSync(join(tmpdir(), 'tracewright-coverage-'));
const given = process.argv.slice(2);
const words = given.filter((word) => word !== 'zero' && word !== 'show');
const chosen = sections.flatMap((section) =>
  section.cells.filter(({ id }) => words.length === 0 || words.some((word) => id.includes(word))).map((cell) => ({ section, cell })),
);
const migrated = chosen.map(({ section, cell }) => {
  const versions = installCell(home, cell);
  return { section, cell, versions, ...migrateCell(cell, versions, 20) };
});
installAdded(home, Object.assign({ '@opentelemetry/api': '1.9.1' }, ...migrated.map(({ added }) => added)));
const zeroCode = words.length === 0 || given.includes('zero') ? installZeroCode(home) : undefined;
const rows = new Map<Section, string[]>(sections.map((section) => [section, []]));
const beside: string[] = [];
for (const { section, cell, versions, before, after, args, tasks } of migrated) {
  const entry = args.at(-1) ?? '';
  const ask = (port: number) => section.ask(cell, port);
  const zero = zeroCode && (await tried(() => driveCell(placeCell(home, cell, before), [entry], ask, zeroCode(entry))));
  const ours = await tried(() => driveCell(placeCell(home, cell, after), args, ask));
  const row = typeof ours === 'string' ? rowOf(cell, [ours]) : rowOf(cell, section.read(ours));
  const other = typeof zero === 'object' && typeof ours === 'object' ? besideOf(section.tell(ours), section.tell(zero)) : wordsOf(zero);
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  rows.get(section)?.push(row);
  beside.push(rowOf(cell, [listed.join(', '), other]));
  console.log(zero === undefined ? row : `${row}\n  ${other}`);
  if (words.length > 0) for (const task of tasks) console.log(`  ${task}`);
}
if (!given.includes('show')) writeFileSync(page, words.length === 0 ? whole() : replaced(readFileSync(page, 'utf8')));

async function tried(drive: () => Promise<Driven>): Promise<Driven | string> {
  try {
    return await drive();
  } catch (error) {
    return `cannot be run: ${String(error).replaceAll(/\s+/g, ' ').slice(0, 80)}`;
  }
}

function wordsOf(driven: Driven | string | undefined): string {
  return typeof driven === 'string' ? driven : 'not run';
}

function whole(): string {
  const tables = sections.map((section) => `${headOf(section)}\n${(rows.get(section) ?? []).join('\n')}\n`);
  return `${tables.join('\n')}\n${foot()}\n${beside.join('\n')}\n`;
}

/** The page with the rows that were run again; of zero-code it keeps what was said unless it was run. */
function replaced(text: string): string {
  const [first = '', second = ''] = text.split(/(?=^## Versions)/m);
  const tables = sections.map((section) => withRows(headOf(section), first, rows.get(section) ?? []));
  return `${tables.join('\n')}\n${withRows(foot(), second, beside, zeroCode !== undefined)}`;
}

/** A table with the rows that the page has below the same head, and fresh ones. */
function withRows(head: string, text: string, fresh: readonly string[], replace = true): string {
  const table = head.split('\n').slice(-2).join('\n');
  const at = text.indexOf(table);
  const kept =
    at < 0
      ? []
      : (text
          .slice(at + table.length)
          .split('\n\n')[0]
          ?.split('\n')
          .filter(Boolean) ?? []);
  const nameOf = (row: string): string => row.slice(0, row.indexOf('|', 2) + 1);
  const lines = [...kept];
  for (const row of fresh) {
    const place = lines.findIndex((line) => nameOf(line) === nameOf(row));
    if (place < 0) lines.push(row);
    else if (replace) lines[place] = row;
  }
  return `${head}\n${lines.join('\n')}\n`;
}

function headOf({ about, columns }: Section): string {
  return `${about}\n| Framework | ${columns.join(' | ')} |\n| --- | ${columns.map(() => '---').join(' | ')} |`;
}

function foot(): string {
  return '## Versions, and zero-code on the same drive\n\nWhat `@opentelemetry/auto-instrumentations-node` gives the same requests, where it is something else.\n\n| Framework | Versions | Zero-code |\n| --- | --- | --- |';
}
