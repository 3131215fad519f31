import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asTyped, runCli } from '../../tests/harness/run-cli.ts';
import { commitAll, makeRepo } from '../verify/fixtures/test-repo.ts';

const setup = 'version: 1\nservices:\n  - name: shop\n    command: node server.js\n';

/** What is printed below the last `Next`: command and why. */
function nextOf(stdout: string): readonly string[] {
  const [, after] = asTyped(stdout).split('\nNext\n');
  return after === undefined
    ? []
    : after
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().replace(/ {2,}/, ' | '));
}

test('a green verify names what follows until nothing is left to do: record, commit', { timeout: 120_000 }, async () => {
  const cwd = makeRepo({ 'tracewright.yaml': setup });
  commitAll(cwd);
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@b', ...words], { cwd, encoding: 'utf8' });

  const first = await runCli(['verify', '.', '--timeout', '60'], { cwd });
  expect(first.stdout).toContain('verified  ');
  expect(nextOf(first.stdout)).toEqual(['tracewright record . --timeout 60 | keep these traces; verify compares with them from then on']);

  expect((await runCli(['record', '.', '--timeout', '60'], { cwd })).exit).toBe(0);
  expect(existsSync(join(cwd, '.tracewright/golden'))).toBe(true);
  const recorded = await runCli(['verify'], { cwd });
  expect(nextOf(recorded.stdout)).toEqual(['git status --short . | review and commit: 1 file of the migration not committed']);

  expect(git('status', '--short', '.')).toContain('.tracewright/');
  git('add', '-A');
  git('commit', '-qm', 'proven');
  const committed = await runCli(['verify'], { cwd });
  expect([committed.exit, nextOf(committed.stdout)]).toEqual([0, []]);

  writeFileSync(
    join(cwd, 'tracewright.yaml'),
    `${setup}scenarios:\n  - name: default\n    requests: [{ path: /, expect: { status: 500 } }]\n`,
  );
  const failed = await runCli(['verify'], { cwd });
  expect([failed.exit === 0, nextOf(failed.stdout)]).toEqual([false, []]);
});
