import type { ErrorCode, Evidence, Problem, Repo } from '../../contract/index.ts';
import { dirOf } from './paths.ts';

/** One survey in progress: the repository, what went wrong so far, and answers worth keeping. */
export interface Reading {
  readonly repo: Repo;
  readonly problems: Problem[];
  has(file: string): boolean;
  hasDir(dir: string): boolean;
  /** Computes once per key. */
  once<T>(key: string, compute: () => T): T;
  report(code: ErrorCode, detail: string, evidence: Evidence): void;
}

export function startReading(repo: Repo): Reading {
  const files = new Set(repo.files);
  const dirs = new Set(['']);
  for (const file of repo.files) {
    for (let dir = dirOf(file); !dirs.has(dir); dir = dirOf(dir)) dirs.add(dir);
  }
  const kept = new Map<string, unknown>();
  const problems: Problem[] = [];
  return {
    repo,
    problems,
    has: (file) => files.has(file),
    hasDir: (dir) => dirs.has(dir),
    once<T>(key: string, compute: () => T): T {
      if (!kept.has(key)) kept.set(key, compute());
      // The key names the computation, so the stored value has its type.
      return kept.get(key) as T;
    },
    report(code, detail, evidence) {
      const isKnown = problems.some(
        (each) =>
          each.code === code && each.detail === detail && each.evidence.file === evidence.file && each.evidence.line === evidence.line,
      );
      if (!isKnown) problems.push({ code, detail, evidence });
    },
  };
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
