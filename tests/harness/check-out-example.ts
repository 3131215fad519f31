import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { copyExample } from './copy-example.ts';

export { exampleNames } from './copy-example.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A repository of its own that holds the example. */
export function checkOut(name: string): string {
  const cwd = mkdtempSync(join(tmpdir(), `tracewright-${name}-`));
  folders.push(cwd);
  copyExample(name, cwd);
  return cwd;
}
