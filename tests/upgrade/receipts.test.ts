import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { undoApplied } from '../../src/engine/index.ts';
import { checkOut, exampleNames } from '../harness/check-out-example.ts';
import { hasKept, keptExample, keptVersions } from './kept.ts';

test('at least one version was kept, with every example it had', () => {
  expect(keptVersions).toContain('0.3.0');
  expect(exampleNames.filter((name) => hasKept('0.3.0', name)).length).toBeGreaterThanOrEqual(4);
});

describe.each(keptVersions)('what %s applied', (version) => {
  test.each(exampleNames.filter((name) => hasKept(version, name)))('is still undone to the byte: %s', (name) => {
    const cwd = checkOut(name);
    for (const [file, bytes] of Object.entries(keptExample(version, name))) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), bytes);
    }
    const status = (): string => execFileSync('git', ['status', '--porcelain', '-uall'], { cwd, encoding: 'utf8' });
    expect(status()).toContain('.tracewright/receipt.json');
    undoApplied(cwd);
    expect(status()).toBe('');
  });
});
