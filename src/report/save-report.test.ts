import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { saveReport } from './save-report.ts';

function makeRepo(): string {
  const root = mkdtempSync(join(tmpdir(), 'tracewright-save-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  execFileSync('git', ['init', '-q'], { cwd: root });
  return root;
}

it('leaves a repository clean in the eyes of git', () => {
  const root = makeRepo();
  const path = saveReport(root, '<p>one</p>');
  expect(path).toBe(join(root, '.tracewright/report.html'));
  expect(readFileSync(saveReport(root, '<p>two</p>'), 'utf8')).toBe('<p>two</p>');
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe('');
});

it('keeps an ignore file that is there', () => {
  const root = makeRepo();
  mkdirSync(join(root, '.tracewright'));
  writeFileSync(join(root, '.tracewright/.gitignore'), 'mine\n');
  saveReport(root, '');
  expect(readFileSync(join(root, '.tracewright/.gitignore'), 'utf8')).toBe('mine\n');
});

it('writes where it is told, and says when it cannot', () => {
  const root = makeRepo();
  expect(saveReport(root, 'x', join(root, 'out/page.html'))).toBe(join(root, 'out/page.html'));
  expect(() => saveReport(root, 'x', root)).toThrow(expect.objectContaining({ code: 'TW1074' }));
});
