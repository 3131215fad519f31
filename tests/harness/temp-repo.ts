import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from './read-folder.ts';

/** A real folder that goes away with `using`-like care: call `remove` when done. */
export interface TempRepo {
  readonly root: string;
  /** Every file with its permission bits, in path order: two equal snapshots are two equal trees. */
  snapshot(): Readonly<Record<string, string>>;
  write(file: string, content: string | Uint8Array, mode?: number): void;
  remove(): void;
}

/** Writes files into a new folder under the system's temporary one. */
export function tempRepo(files: Readonly<Record<string, string | Uint8Array>>): TempRepo {
  const root = mkdtempSync(join(tmpdir(), 'tracewright-'));
  const write = (file: string, content: string | Uint8Array, mode?: number): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
    if (mode !== undefined) chmodSync(join(root, file), mode);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {
    root,
    write,
    snapshot: () => snapshotOf(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function snapshotOf(root: string): Readonly<Record<string, string>> {
  const files = Object.entries(readFolder(root) ?? {});
  return Object.fromEntries(
    files.map(([file, bytes]) => [file, `${(statSync(join(root, file)).mode & 0o777).toString(8)} ${bytes.toString('latin1')}`]),
  );
}
