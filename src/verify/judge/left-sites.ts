import { join, resolve } from 'node:path';
import type { ExpectedSpan, Launch, Route, SpanSite, Survey } from '../../contract/index.ts';
import type { OpenTask } from '../../engine/apply/dismissed.ts';
import { type SpanRecord, type Trace, walkSpans } from '../../trace/index.ts';
import type { ServiceRun } from '../run/run-scenarios.ts';
import type { Programs } from './check-reached.ts';
import { reachedRoutes } from './reached-routes.ts';
import type { Expectation, LeftSite } from './report.ts';

/** Every span of a run. */
export function spansOf(traces: readonly Trace[]): SpanRecord[] {
  return traces.flatMap(({ roots, orphans }) => [...walkSpans([...roots, ...orphans])].map(({ span }) => span));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Routes that no request of the run reached. */
export function leftRoutes(routes: readonly Route[], spans: readonly SpanRecord[]): LeftSite[] {
  const reached = reachedRoutes(routes, spans);
  const left = routes.filter((route) => !reached.has(route));
  return once(
    left.map(({ method, path, evidence: { file, line } }) => ({
      kind: 'route',
      site: `${method.toUpperCase()} ${path === '' ? '/' : path}`,
      place: `${file}:${line}`,
      why: 'no request reached it',
    })),
  );
}

/** What codemods left to a person, until it is done or dismissed. */
export function leftToDo(tasks: readonly OpenTask[]): LeftSite[] {
  return tasks.map(({ id, file, line, why }) => ({ kind: 'task', site: id, place: `${file}:${line}`, why: `left to a person: ${why}` }));
}

/** Outgoing calls and the like, where the service made no span of their kind. Which of several calls made a span is not in the span. */
export function leftCalls(sites: readonly SpanSite[], spans: readonly SpanRecord[]): LeftSite[] {
  const isAlone = new Set(sites.map(({ service }) => service)).size <= 1;
  const isMade = ({ service, kind }: SpanSite): boolean =>
    spans.some((span) => span.kind === kind && (isAlone || span.service === service));
  return once(
    sites
      .filter((site) => !isMade(site))
      .map(({ kind, what, evidence: { file, line } }) => ({
        kind: 'call',
        site: what,
        place: `${file}:${line}`,
        why: `the run saw no ${kind} span of its service`,
      })),
  );
}

export function isKept({ kind, orKind, name }: ExpectedSpan, spans: readonly { readonly kind: string; readonly name: string }[]): boolean {
  return spans.some((span) => (span.kind === kind || span.kind === orKind) && new RegExp(name).test(span.name));
}

/** Spans that an applied codemod promises and that were not there. */
export function leftSpans(expectations: readonly Expectation[], spans: readonly SpanRecord[]): LeftSite[] {
  return expectations.flatMap(({ codemod, expects }) =>
    expects
      .filter((promise) => !isKept(promise, spans))
      .map(({ kind, name }): LeftSite => ({ kind: 'span', site: `${kind} ${name}`, why: `${codemod} promises it, and the run saw none` })),
  );
}

/** Requests that were traced, but named by their method alone: which code answered is not known. */
export function leftNames(spans: readonly SpanRecord[]): LeftSite[] {
  const unnamed = spans.filter(({ kind, name, attributes }) => kind === 'SERVER' && /^[A-Z]+$/.test(name) && isAnswered(attributes));
  return once(
    unnamed.map(({ name, attributes }) => ({
      kind: 'span',
      site: `${name} ${textOf(attributes['url.path'])}`.trimEnd(),
      why: 'its span names no route',
    })),
  );
}

function isAnswered(attributes: SpanRecord['attributes']): boolean {
  const status = Number(attributes['http.response.status_code'] ?? 0);
  return status < 300 || status > 499;
}

/** Programs that production starts: how many, and those that this run did not start. */
export function productionPrograms(root: string, survey: Survey, runs: readonly ServiceRun[]): Programs {
  const words = runs.flatMap(({ ran }) => ran.flat());
  const started = survey.services.flatMap(({ launches }) => launches.filter(isProduction));
  const entries = [...new Set(started.map(({ entry }) => entry))];
  const left = entries.flatMap((entry): LeftSite[] => {
    const own = started.filter((launch) => launch.entry === entry);
    const [first] = own;
    if (first === undefined || own.some((launch) => words.some((word) => isOfLaunch(root, word, launch)))) return [];
    const place = `${first.evidence.file}:${first.evidence.line}`;
    return [{ kind: 'program', site: entry ?? first.name, place, why: 'it was not started' }];
  });
  return { all: entries.length, left };
}

function isProduction({ kind, purpose, entry }: Launch): boolean {
  return entry !== undefined && purpose === 'production' && kind !== 'serverless' && kind !== 'main';
}

/** A word of a command line names the file itself, what it is compiled to, or the same below the folder of a container. */
function isOfLaunch(root: string, word: string, { entry = '', target = '', cwd }: Launch): boolean {
  const bare = (path: string): string => path.replace(/(\/index)?\.[cm]?[jt]sx?$/, '').replace(/\/$/, '');
  const path = bare(resolve(root, cwd, word));
  if ([join(root, entry), join(root, cwd, target)].some((file) => bare(file) === path)) return true;
  const stem = bare(entry.slice(entry.lastIndexOf('/') + 1));
  return /\.[cm]?tsx?$|\.jsx$/.test(entry) && path.endsWith(`/${stem}`);
}

function once(sites: readonly LeftSite[]): LeftSite[] {
  return [...new Map(sites.map((site) => [`${site.site} ${site.place}`, site])).values()];
}
