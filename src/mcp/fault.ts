import { catalogue, type ErrorCode, TracewrightError } from '../contract/index.ts';
import { type Fault, type Input, type NextCall, nextCall, type ToolName } from './answer.ts';
import { steady } from './steady.ts';

/** The call that follows an error, by its code: a tool with the root of the failed call, the same call once its cause is gone, or none. */
const follow: Partial<Record<ErrorCode, 'plan' | 'undo' | 'again'>> = {
  TW1074: 'again',
  TW1077: 'again',
  TW1092: 'again',
  TW2001: 'plan',
  TW2004: 'again',
  TW2005: 'again',
  TW2006: 'undo',
  TW2008: 'again',
  TW2009: 'again',
  TW2010: 'plan',
  TW2011: 'plan',
  TW2013: 'plan',
  TW2014: 'again',
  TW2015: 'again',
  TW2022: 'plan',
  TW2100: 'plan',
};

/** An error as an answer: what is wrong, and the one call that leads on. */
export function faultOf(error: unknown, tool: ToolName, input: Input, root: string): Fault {
  const known =
    error instanceof TracewrightError ? error : new TracewrightError('TW9001', error instanceof Error ? error.message : String(error));
  const { code, detail } = known;
  const message = steady(`${catalogue[code].title}: ${detail}`, root);
  return { code, message, done: false, next: nextOf(code, steady(forTools(known.next), root), tool, input) };
}

/** Sentences of the catalogue and of checks name commands and options; the tools and their arguments are called nearly the same. */
export function forTools(sentence: string): string {
  return sentence
    .replaceAll(/`tracewright verify --draft(?: > tracewright.yaml)?`/g, '`verify` with draft')
    .replaceAll(/`tracewright (plan|apply|undo|verify)( <folder>| \.)?`/g, '`$1`')
    .replaceAll(/`tracewright (?:record|verify --update)`(?: on your machine)?/g, '`verify` with record')
    .replaceAll(/[Pp]ass `--against HEAD`/g, 'Give against "HEAD"')
    .replaceAll('See the templates with `tracewright new --list`', 'Take one of these')
    .replaceAll('`tracewright new`', '`plan` with template')
    .replaceAll(', or pass `--allow-dirty`', '')
    .replaceAll('`--timeout`', 'timeout');
}

function nextOf(code: ErrorCode, why: string, tool: ToolName, input: Input): NextCall {
  const { root = '.', cursor: _cursor, ...others } = input;
  const way = follow[code] ?? (code.startsWith('TW3') ? 'again' : undefined);
  const { detail: _detail, ...anew } = others;
  if (code === 'TW1091') return nextCall(tool, { root, ...others }, why);
  if (code === 'TW1096') return nextCall(tool, { root, ...anew }, why);
  if (code === 'TW1075' || code === 'TW1090' || code === 'TW1001' || code === 'TW1094') return nextCall('plan', { root: '.' }, why);
  if (way === 'again') return nextCall(tool, input, why);
  const begun = way === 'plan' ? { template: input['template'] } : {};
  return way === undefined ? nextCall('explain', { topic: code }, why) : nextCall(way, { root, ...begun }, why);
}
