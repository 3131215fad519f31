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

/** What the preloaded files noted. */
export interface TestNotes {
  readonly calls: readonly TestCall[];
  /** Traces of calls that the test process answered itself. */
  readonly answeredInside: ReadonlySet<string>;
  /** Runners that do not tell which test runs. */
  readonly runners: readonly string[];
}

type Noted = TestCall | { readonly answered: string } | { readonly runner: string };

/** A process that was killed may leave half a line. */
function parseNote(line: string): Noted | undefined {
  try {
    return JSON.parse(line) as Noted;
  } catch {
    return undefined;
  }
}

/** Everything the test processes noted in `folder`. */
export function readNotes(folder: string, root: string): TestNotes {
  const real = realpathSync(root);
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = files.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const notes = lines.flatMap((line) => (line === '' ? [] : (parseNote(line) ?? [])));
  return {
    calls: notes.flatMap((note) => ('traceId' in note ? [{ ...note, file: relativeFile(real, note.file) }] : [])),
    answeredInside: new Set(notes.flatMap((note) => ('answered' in note ? [note.answered] : []))),
    runners: [...new Set(notes.flatMap((note) => ('runner' in note ? [note.runner] : [])))].sort(),
  };
}
