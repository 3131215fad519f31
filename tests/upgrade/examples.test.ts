import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyPlan, createPlan, readReceipt, undoApplied } from '../../src/engine/index.ts';
import { checkOut, exampleNames } from '../harness/check-out-example.ts';
import { compareFiles } from '../harness/compare-files.ts';
import { commitAll } from '../harness/copy-example.ts';
import { readFolder } from '../harness/read-folder.ts';
import { hasKept, keptExample, keptVersions } from './kept.ts';

const options = { only: [], skip: [] };
const receiptFile = '.tracewright/receipt.json';

function applyAll(cwd: string): readonly string[] {
  return applyPlan(cwd, createPlan(cwd, options)).files;
}

/** All but the receipt. */
function filesOf(cwd: string): Readonly<Record<string, Buffer>> {
  const all = Object.entries(readFolder(cwd) ?? {}).filter(([file]) => !file.startsWith('.git/') && file !== receiptFile);
  return Object.fromEntries(all);
}

function git(cwd: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd, encoding: 'utf8' });
}

describe.each(keptVersions)('an example that %s migrated', (version) => {
  test.each(exampleNames.filter((name) => hasKept(version, name)))('%s: upgraded as if migrated today, undone step by step', (name) => {
    const fresh = checkOut(name);
    applyAll(fresh);

    const cwd = checkOut(name);
    for (const [file, bytes] of Object.entries(keptExample(version, name))) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), bytes);
    }
    commitAll(cwd, `migrated by ${version}`);

    const changed = applyAll(cwd);
    expect(changed.length).toBeGreaterThan(0);
    expect(compareFiles(filesOf(fresh), filesOf(cwd))).toEqual([]);
    expect(applyAll(cwd)).toEqual([]);
    expect(readReceipt(cwd)?.files.map(({ file, before, after }) => [file, before, after])).toEqual(
      readReceipt(fresh)?.files.map(({ file, before, after }) => [file, before, after]),
    );

    expect(undoApplied(cwd).earlier).toBe(true);
    expect(git(cwd, 'status', '--porcelain', '-uall')).toBe('');
    expect(undoApplied(cwd).earlier).toBe(undefined);
    expect(git(cwd, 'diff', '--stat', 'HEAD~1')).toBe('');
    expect(git(cwd, 'ls-files', '--others')).toBe('');
  });
});
