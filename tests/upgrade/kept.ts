import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder } from '../harness/read-folder.ts';

type Files = Readonly<Record<string, Buffer>>;

/** Files by path; base64 where the bytes are no UTF-8, null for a file that was deleted. */
export type KeptFiles = Readonly<Record<string, string | { readonly base64: string } | null>>;

/** A fixture as it was when a version was kept, and what that version changed in it. */
export interface KeptOutput {
  readonly with: readonly string[];
  readonly before: KeptFiles;
  readonly changed: KeptFiles;
}

const folder = fileURLToPath(new URL('fixtures', import.meta.url));

/** Versions of the middleware whose output was kept. */
export const keptVersions: readonly string[] = readdirSync(folder).sort();

/** What a version wrote for every fixture it had, by codemod and name of the fixture. */
export function keptOutputs(version: string): readonly (readonly [codemod: string, name: string, output: KeptOutput])[] {
  return readdirSync(join(folder, version, 'outputs'))
    .sort()
    .flatMap((file) => {
      const outputs: Record<string, KeptOutput> = JSON.parse(readFileSync(join(folder, version, 'outputs', file), 'utf8'));
      return Object.entries(outputs).map(([name, output]) => [file.replace(/\.json$/, ''), name, output] as const);
    });
}

/** What a version wrote into an example, with its copies of the middleware. */
export function keptExample(version: string, name: string): Files {
  const written = readFolder(join(folder, version, 'examples', name)) ?? {};
  const tarball = `tracewright-middleware-${version}.tgz`;
  const bytes = readFileSync(join(folder, version, tarball));
  const copies = Object.keys(written)
    .filter((file) => file.endsWith('package.json'))
    .map((file) => [file.replace(/package\.json$/, `vendor/${tarball}`), bytes] as const);
  return { ...written, ...Object.fromEntries(copies) };
}

/** Whether a version kept what it wrote into that example. */
export function hasKept(version: string, name: string): boolean {
  return existsSync(join(folder, version, 'examples', name));
}

export function packFile(file: string, bytes: Buffer | undefined): KeptFiles[string] {
  if (bytes === undefined) return null;
  if (file.endsWith('.tgz')) return '';
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64: bytes.toString('base64') };
}

/** The files with the kept ones laid over them. */
export function unpackFiles(kept: KeptFiles, under: Files = {}): Files {
  const files = new Map(Object.entries(under));
  for (const [file, content] of Object.entries(kept)) {
    if (content === null) files.delete(file);
    else if (file.endsWith('.tgz')) files.set(file, Buffer.from([0x1f, 0x8b, 0x08, 0x00]));
    else files.set(file, typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content.base64, 'base64'));
  }
  return Object.fromEntries(files);
}
