import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { VerifyReport } from '../../src/verify/index.ts';
import { checkOut, exampleNames } from '../harness/check-out-example.ts';
import { commitAll } from '../harness/copy-example.ts';
import { runCli } from '../harness/run-cli.ts';
import { hasKept, keptExample, keptVersions } from './kept.ts';

function git(cwd: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd, encoding: 'utf8' });
}

/** In the long suite: each one installs and runs a whole service. */
describe.each(keptVersions)('an example that %s migrated', (version) => {
  test.each(exampleNames.filter((name) => hasKept(version, name)))(
    '%s: upgraded, installed, proven against what it was before any migration, undone twice',
    async (name) => {
      const cwd = checkOut(name);
      for (const [file, bytes] of Object.entries(keptExample(version, name))) {
        mkdirSync(dirname(join(cwd, file)), { recursive: true });
        writeFileSync(join(cwd, file), bytes);
      }
      commitAll(cwd, `migrated by ${version}`);

      const planned = await runCli(['plan', '--json'], { cwd });
      expect(planned.exit).toBe(0);
      expect(await runCli(['apply', '--yes', '--install', '--json'], { cwd })).toMatchObject({ exit: 0 });

      const verified = await runCli(['verify', '--frozen', '--against', 'HEAD~1', '--json'], { cwd });
      const report: VerifyReport = JSON.parse(verified.stdout);
      expect(report.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
      expect(report.requests.length).toBeGreaterThan(0);
      expect(verified.exit).toBe(0);

      expect(await runCli(['undo', '--yes', '--json'], { cwd })).toMatchObject({ exit: 0 });
      expect(git(cwd, 'status', '--porcelain', '-uall')).toBe('');
      expect(await runCli(['undo', '--yes', '--json'], { cwd })).toMatchObject({ exit: 0 });
      expect(git(cwd, 'diff', '--stat', 'HEAD~1')).toBe('');
      expect(git(cwd, 'ls-files', '--others', '--exclude-standard')).toBe('');
    },
  );
});
