import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cell, cells } from '../tests/frameworks/cells.ts';
import { driveCell } from '../tests/frameworks/drive-cell.ts';
import { installAdded, installCell, installZeroCode, placeCell } from '../tests/frameworks/install-cells.ts';
import { migrateCell } from '../tests/frameworks/migrate-cell.ts';
import { type Read, readCell } from '../tests/frameworks/read-cell.ts';
import { columns, renderBeside, renderCell } from '../tests/frameworks/render-cell.ts';

/**
 * Runs every framework as its authors wrote it with zero-code instrumentation, and as `plan` and `apply` leave it, and writes what its
 * requests got: `npm run coverage`. With words, only the cells whose id has one of them, without zero-code.
 */
const page = join(import.meta.dirname, '../docs/coverage.md');
const home = process.env['COVERAGE_HOME'] ?? mkdtempSync(join(tmpdir(), 'tracewright-coverage-'));
const words = process.argv.slice(2);
const chosen = cells.filter(({ id }) => words.length === 0 || words.some((word) => id.includes(word)));
const migrated = chosen.map((cell) => {
  const versions = installCell(home, cell);
  return { cell, versions, ...migrateCell(cell, versions, 20) };
});
installAdded(home, Object.assign({ '@opentelemetry/api': '1.9.1' }, ...migrated.map(({ added }) => added)));
const zeroCode = words.length === 0 ? installZeroCode(home) : undefined;
const rows: string[] = [];
const beside: string[] = [];
for (const { cell, versions, before, after, args, tasks } of migrated) {
  const zero =
    zeroCode === undefined ? undefined : await read(cell, placeCell(home, cell, before), [entryOf(args)], zeroCode(entryOf(args)));
  const ours = await read(cell, placeCell(home, cell, after), args);
  const row = typeof ours === 'string' ? `| ${cell.framework} | ${ours} |` : renderCell(cell, ours);
  const other = typeof ours === 'string' || typeof zero !== 'object' ? (zero ?? 'not run') : renderBeside(ours, zero);
  rows.push(row);
  beside.push(
    `| ${cell.framework} | ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')} | ${other} |`,
  );
  console.log(row);
  if (words.length > 0) for (const task of tasks) console.log(`  ${task}`);
}
if (words.length > 0) writeFileSync(page, replaceRows(readFileSync(page, 'utf8')));
else writeFileSync(page, `${head()}\n${rows.join('\n')}\n\n${foot()}\n${beside.join('\n')}\n`);

async function read(cell: Cell, folder: string, args: readonly string[], zero?: Record<string, string>): Promise<Read | string> {
  try {
    return readCell(await driveCell(folder, cell.id === 'http2', args, zero));
  } catch (error) {
    return `cannot be run: ${String(error).replaceAll(/\s+/g, ' ').slice(0, 80)}`;
  }
}

/** The page with the rows that were run again; of zero-code it keeps what a whole run said. */
function replaceRows(text: string): string {
  const [first = '', second = ''] = text.split(/(?=^## Versions)/m);
  return `${withRows(first.trimEnd(), rows, true)}\n\n${withRows(second.trimEnd(), beside, false)}\n`;
}

function withRows(table: string, fresh: readonly string[], replace: boolean): string {
  const lines = table.split('\n');
  for (const row of fresh) {
    const at = lines.findIndex((line) => line.startsWith(row.slice(0, row.indexOf('|', 2) + 1)));
    if (at < 0) lines.push(row);
    else if (replace) lines[at] = row;
  }
  return lines.join('\n');
}

function entryOf(args: readonly string[]): string {
  return args.at(-1) ?? '';
}

function head(): string {
  const text = readFileSync(join(import.meta.dirname, '../tests/frameworks/about.md'), 'utf8');
  return `${text}\n| ${columns.join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |`;
}

function foot(): string {
  return '## Versions, and zero-code on the same drive\n\nWhat `@opentelemetry/auto-instrumentations-node` gives the same requests, where it is something else.\n\n| Framework | Versions | Zero-code |\n| --- | --- | --- |';
}
