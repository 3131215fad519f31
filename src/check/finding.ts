import { catalogue, type ErrorCode } from '../contract/index.ts';

/** One thing that is not as the migration left it. */
export interface Finding {
  readonly code: ErrorCode;
  /** `warning`: a person should look; the check still passes. */
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly why: string;
  readonly next: string;
}

/** A finding with the next step of the catalogue, unless there is a more exact one. */
export function finding(code: ErrorCode, file: string, line: number, why: string, next: string = catalogue[code].next): Finding {
  return { code, level: 'error', file, line, why, next };
}

/** What a static check of a repository says. */
export interface CheckReport {
  readonly status: 'ok' | 'faults' | 'not-migrated';
  /** Codemods that the receipt names, each once. */
  readonly codemods: readonly string[];
  readonly findings: readonly Finding[];
  /** Names of questions that could not be asked, and of those that another finding answers. */
  readonly unasked: readonly string[];
}

/** 1-based line of an offset. */
export function lineIn(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Line on which a JSON key is written; the first line when it is not there. */
export function lineOfKey(text: string | undefined, key: string): number {
  const at = text?.indexOf(`${JSON.stringify(key)}`) ?? -1;
  return at === -1 ? 1 : lineIn(text ?? '', at);
}

export interface Question {
  readonly name: string;
  readonly codes: readonly ErrorCode[];
}

/** What the check asks, and the codes that answer no. */
export const questions: readonly Question[] = [
  { name: 'no apply was interrupted', codes: ['TW2006'] },
  { name: 'the receipt is there', codes: ['TW2101', 'TW2109'] },
  { name: 'this version migrated it', codes: ['TW2107'] },
  { name: 'every codemod of the receipt is satisfied', codes: ['TW2102'] },
  { name: 'tracing is loaded first', codes: ['TW2103'] },
  { name: 'nothing drifted from the receipt', codes: ['TW2104', 'TW2105', 'TW2106', 'TW2108'] },
  { name: 'no OpenTelemetry by hand', codes: ['TW2110', 'TW2111', 'TW2112', 'TW2113'] },
  { name: 'one copy of @opentelemetry/api', codes: ['TW2120'] },
  { name: 'versions fit together', codes: ['TW2121', 'TW1050'] },
  { name: 'the lock file holds what package.json says', codes: ['TW2122'] },
];

/** What the check of staged files asks. */
export const stagedQuestions: typeof questions = questions.filter(({ codes }) => codes.includes('TW2113'));
