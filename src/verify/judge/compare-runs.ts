import { stripVTControlCharacters } from 'node:util';
import type { Run, ServiceRun } from '../run/run-scenarios.ts';
import type { Exchange } from '../run/send-request.ts';
import type { Scenario } from '../setup/setup.ts';
import type { BehaviourDifference } from './report.ts';
import { areLinesWithin, isWithin } from './vary.ts';
import { added, builds, loggers, metrics, slowness, volatile } from './volatile.ts';

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

/** Which run: the version before, this one, the version before once more. */
type Side = 0 | 1 | 2;

/** What each run has of its own: its folder, and the ports that the system chose for it. */
interface Places {
  readonly roots: readonly string[];
  readonly ports: readonly [before: readonly number[], after: readonly number[], again: readonly number[]];
}

function withoutPlaces(text: string, { roots, ports }: Places, side: Side): string {
  const rootless = roots.reduce((rest, root) => rest.replaceAll(root, '<root>'), text);
  return ports[side].reduce((rest, port) => rest.replace(new RegExp(`(?<![\\d.])${port}\\b`, 'g'), '<port>'), rootless);
}

/** Where the ports begin that a system gives to whoever asks for any. */
const anyPort = 32_768;

/** Those on which only this run listened; workers get theirs in any order. A port that the program chose is part of what is compared. */
function chosenPorts(run: Run, other: Run): readonly number[] {
  const others = other.services.flatMap(({ ports }) => ports);
  return run.services.flatMap(({ ports }) => ports).filter((port) => port >= anyPort && !others.includes(port));
}

function compareExchange(before: Exchange, after: Exchange, again: Exchange | undefined, places: Places): BehaviourDifference[] {
  const where = `${after.request.service} ${after.label}`;
  const differences: BehaviourDifference[] = [];
  const check = (what: BehaviourDifference['what'], a: unknown, b: unknown, c: unknown): void => {
    if (a !== b && (again === undefined || b !== c))
      differences.push({ where, what, before: String(a ?? 'nothing'), after: String(b ?? 'nothing') });
  };
  if (before.error !== undefined || after.error !== undefined) {
    const said = (exchange: Exchange | undefined, side: Side): string => withoutPlaces(exchange?.error ?? 'answered', places, side);
    check('answer', said(before, 0), said(after, 1), said(again, 2));
    return differences;
  }
  check('status', before.status, after.status, again?.status);
  check('content-type', before.contentType, after.contentType, again?.contentType);
  const isMetrics = (text: string): boolean => /^# TYPE /m.test(text);
  const masked = ({ body = '' }: Exchange, side: Side): string =>
    mask(withoutPlaces(body, places, side), after.request.ignore, [...volatile, ...(isMetrics(body) ? metrics : [])]);
  const [a, b] = [masked(before, 0), masked(after, 1)];
  if (a !== b && !(again && isWithin(b, a, masked(again, 2)))) differences.push({ where, what: 'body', ...around(a, b) });
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

function withoutAdded(text: string): string {
  return [...added, ...slowness].reduce((rest, pattern) => rest.replace(pattern, ''), stripVTControlCharacters(text));
}

/** Without the lines in which a build names a file that apply created. */
function withoutCreated(text: string, created: readonly string[]): string {
  const names = created.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const isOurs = (line: string): boolean => names.some((name) => line.includes(`/${name}`) || line.startsWith(name));
  return text.replace(/.*(\n|$)/g, (line) => (isOurs(line) ? '' : line));
}

function compareService(
  before: ServiceRun,
  after: ServiceRun,
  again: ServiceRun | undefined,
  options: Places & CompareOptions,
  ignore: readonly string[],
): BehaviourDifference[] {
  const differences: BehaviourDifference[] = [];
  const readable = (stdout: string, side: Side): string => {
    return mask(withoutPlaces(stdout, options, side), ignore, [...loggers, ...builds, ...volatile]);
  };
  const [a, b] = [readable(withoutAdded(before.stdout), 0), readable(withoutCreated(withoutAdded(after.stdout), options.created), 1)];
  if (sorted(a) !== sorted(b) && !(again && areLinesWithin(b, a, readable(withoutAdded(again.stdout), 2))))
    differences.push({ where: after.name, what: 'stdout', ...around(a, b) });
  if (exitText(before) !== exitText(after) && (again === undefined || exitText(again) !== exitText(after)))
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

/**
 * Where two runs of the same scenarios differ to the outside: status, content type, body, stdout, end. Volatile values are masked.
 * With `again`, a second run of the version before, what differs between its two runs is no difference.
 */
export function compareRuns(before: Run, after: Run, options: CompareOptions, again?: Run): BehaviourDifference[] {
  const ignore = options.scenarios.flatMap((scenario) => scenario.ignore);
  const ports = [chosenPorts(before, after), chosenPorts(after, before), again ? chosenPorts(again, after) : []] as const;
  const places = { roots: options.roots, ports };
  const answers = after.exchanges.flatMap((exchange, index) => {
    const other = before.exchanges[index];
    return other ? compareExchange(other, exchange, again?.exchanges[index], places) : [];
  });
  const ends = after.services.flatMap((service) => {
    const of = (run: Run | undefined): ServiceRun | undefined => run?.services.find(({ name }) => name === service.name);
    const other = of(before);
    return other ? compareService(other, service, of(again), { ...options, ...places }, ignore) : [];
  });
  return [...answers, ...ends];
}
