import { stripVTControlCharacters } from 'node:util';
import type { BehaviourDifference } from './report.ts';
import type { Run, ServiceRun } from './run-scenarios.ts';
import type { Exchange } from './send-request.ts';
import type { Scenario } from './setup.ts';
import { added, builds, loggers, metrics, volatile } from './volatile.ts';

function mask(text: string, ignore: readonly string[], known: readonly RegExp[]): string {
  const own = ignore.map((source) => new RegExp(source, 'g'));
  return [...own, ...known].reduce((masked, pattern) => masked.replace(pattern, '<volatile>'), text);
}

/** The two texts from shortly before their first difference on. */
function around(before: string, after: string): { before: string; after: string } {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const cut = (text: string): string => {
    const part = text.slice(Math.max(0, at - 20), at + 40).replace(/\s+/g, ' ');
    return part === '' ? 'nothing' : `${at > 20 ? '…' : ''}${part}${text.length > at + 40 ? '…' : ''}`;
  };
  return { before: cut(before), after: cut(after) };
}

/** Each version runs in a folder of its own. */
function withoutRoots(text: string, roots: readonly string[]): string {
  return roots.reduce((rest, root) => rest.replaceAll(root, '<root>'), text);
}

function compareExchange(before: Exchange, after: Exchange, { roots }: CompareOptions): BehaviourDifference[] {
  const where = `${after.request.service} ${after.label}`;
  const differences: BehaviourDifference[] = [];
  const check = (what: BehaviourDifference['what'], a: unknown, b: unknown): void => {
    if (a !== b) differences.push({ where, what, before: String(a ?? 'nothing'), after: String(b ?? 'nothing') });
  };
  if (before.error !== undefined || after.error !== undefined) {
    check('answer', before.error ?? 'answered', after.error ?? 'answered');
    return differences;
  }
  check('status', before.status, after.status);
  check('content-type', before.contentType, after.contentType);
  const isMetrics = (text: string): boolean => /^# TYPE /m.test(text);
  const masked = ({ body = '' }: Exchange): string =>
    mask(withoutRoots(body, roots), after.request.ignore, [...volatile, ...(isMetrics(body) ? metrics : [])]);
  const [a, b] = [masked(before), masked(after)];
  if (a !== b) differences.push({ where, what: 'body', ...around(a, b) });
  return differences;
}

function exitText({ exit }: ServiceRun): string {
  const how = exit.signal === null ? `code ${exit.code}` : exit.signal;
  return `${exit.forced ? 'killed after not ending' : how}${exit.early ? ', before it was asked to' : ''}`;
}

/** Workers and programs that are started together write in whatever order they get to it. */
function sorted(text: string): string {
  return text.split('\n').sort().join('\n');
}

/** Without the lines in which a build names a file that apply created. */
function withoutCreated(text: string, created: readonly string[]): string {
  const names = created.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const isOurs = (line: string): boolean => names.some((name) => line.includes(`/${name}`) || line.startsWith(name));
  return text.replace(/.*(\n|$)/g, (line) => (isOurs(line) ? '' : line));
}

function compareService(before: ServiceRun, after: ServiceRun, options: CompareOptions, ignore: readonly string[]): BehaviourDifference[] {
  const differences: BehaviourDifference[] = [];
  const printed = [before.stdout, withoutCreated(after.stdout, options.created)];
  const [a, b] = printed.map((stdout) => {
    const own = added.reduce((rest, pattern) => rest.replace(pattern, ''), stripVTControlCharacters(stdout));
    return mask(withoutRoots(own, options.roots), ignore, [...loggers, ...builds, ...volatile]);
  });
  if (a !== undefined && b !== undefined && sorted(a) !== sorted(b))
    differences.push({ where: after.name, what: 'stdout', ...around(a, b) });
  if (exitText(before) !== exitText(after))
    differences.push({ where: after.name, what: 'exit', before: exitText(before), after: exitText(after) });
  return differences;
}

export interface CompareOptions {
  /** Folders of the two versions. */
  readonly roots: readonly string[];
  readonly scenarios: readonly Scenario[];
  /** Files that only the later version has. */
  readonly created: readonly string[];
}

/** Where two runs of the same scenarios differ to the outside: status, content type, body, stdout, end. Volatile values are masked. */
export function compareRuns(before: Run, after: Run, options: CompareOptions): BehaviourDifference[] {
  const ignore = options.scenarios.flatMap((scenario) => scenario.ignore);
  const answers = after.exchanges.flatMap((exchange, index) => {
    const other = before.exchanges[index];
    return other ? compareExchange(other, exchange, options) : [];
  });
  const ends = after.services.flatMap((service) => {
    const other = before.services.find(({ name }) => name === service.name);
    return other ? compareService(other, service, options, ignore) : [];
  });
  return [...answers, ...ends];
}
