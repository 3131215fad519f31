import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/** One request that a test process sent, as the preloaded file noted it. */
export interface TestCall {
  /** Repository-relative, with forward slashes; empty outside a test. */
  readonly file: string;
  /** The test's name and those of the suites around it, outermost first; empty outside a test. */
  readonly test: readonly string[];
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly traceId: string;
  readonly spanId: string;
}

function relativeFile(root: string, file: string): string {
  if (file === '') return '';
  const path = isAbsolute(file) ? file : join(root, file);
  return relative(root, path).split(sep).join('/').replaceAll('../', '');
}

/** A process that was killed may leave half a line. */
function parseCall(line: string): TestCall | undefined {
  try {
    return JSON.parse(line) as TestCall;
  } catch {
    return undefined;
  }
}

/** Everything the test processes noted in `folder`. */
export function readCalls(folder: string, root: string): TestCall[] {
  const real = realpathSync(root);
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = files.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.flatMap((line) => {
    const call = line === '' ? undefined : parseCall(line);
    return call ? [{ ...call, file: relativeFile(real, call.file) }] : [];
  });
}
