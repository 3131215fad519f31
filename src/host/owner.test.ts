import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isGone, ownerOf } from './owner.ts';

const folder = mkdtempSync(join(tmpdir(), 'owner-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MINUTE_MS = 60_000;

/** A file that was touched so long ago. */
function fileOf(ageMs: number): string {
  const file = join(folder, `${ageMs}`);
  writeFileSync(file, '');
  const when = new Date(Date.now() - ageMs);
  utimesSync(file, when, when);
  return file;
}

describe('the owner of a file', () => {
  it('lives while its process does, however long it is silent', () => {
    expect(isGone(ownerOf(process.pid), fileOf(1_000 * MINUTE_MS), MINUTE_MS)).toBe(false);
  });

  it('is gone with its process', () => {
    const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid']));
    expect(isGone({ ...ownerOf(process.pid), pid }, fileOf(0), MINUTE_MS)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('is not the process that got its id later', () => {
    expect(isGone({ ...ownerOf(process.pid), start: '1' }, fileOf(0), MINUTE_MS)).toBe(true);
  });

  it('on another machine is gone when its file was silent for too long, or is no more', () => {
    const owner = { ...ownerOf(process.pid), host: 'a-container-that-was-killed' };
    expect(isGone(owner, fileOf(0), MINUTE_MS)).toBe(false);
    expect(isGone(owner, fileOf(2 * MINUTE_MS), MINUTE_MS)).toBe(true);
    expect(isGone(owner, join(folder, 'none'), MINUTE_MS)).toBe(true);
  });
});
