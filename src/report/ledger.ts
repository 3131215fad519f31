import type { LeftTask, Plan, Route, Task } from '../contract/index.ts';
import { type SpanRecord, walkSpans } from '../trace/index.ts';
import { type Expectation, isKept, type VerifyReport } from '../verify/index.ts';
import type { LedgerEntry } from './input.ts';
import { reportTraces } from './report-traces.ts';

/** What the ledger is drawn up from besides the run. */
export interface LedgerSources {
  /** Routes of the tree as it is now. */
  readonly routes: readonly Route[];
  /** Promises of the codemods that were applied. */
  readonly expectations: readonly Expectation[];
  /** What was left to a person when the plans were applied. */
  readonly tasks: readonly LeftTask[];
  /** What codemods say of the tree as it is now; absent when it cannot be planned. */
  readonly plan?: Plan;
}

/** Every place the codemods know, with what was seen of it: what is not traced never hides behind what is. */
export function drawUpLedger(report: VerifyReport, sources: LedgerSources): LedgerEntry[] {
  const spans = distinctSpans(report);
  return [
    ...routesOnce(sources.routes).map((route) => judgeRoute(route, spans, report)),
    ...unlisted(sources.routes, spans),
    ...sources.expectations.flatMap(({ codemod, expects }) =>
      expects.map((expected): LedgerEntry => {
        const entry = { site: `${expected.kind} span matching ${expected.name}`, source: codemod, why: expected.why };
        if (isKept(expected, spans)) return { ...entry, state: 'seen' };
        return { ...entry, state: 'unseen', next: 'Let a request of the scenario use it, or look at the failed checks.' };
      }),
    ),
    ...stillOpen(sources.tasks, sources.plan),
    ...(sources.plan ? openEnds(sources.plan) : []),
  ];
}

/** One span for each service, kind, name and route; a run has thousands that are alike. */
function distinctSpans(report: VerifyReport): SpanRecord[] {
  const found = new Map<string, SpanRecord>();
  for (const { trace } of reportTraces(report)) {
    if (!trace) continue;
    for (const { span } of walkSpans([...trace.roots, ...trace.orphans])) {
      found.set(JSON.stringify([span.service, span.kind, span.name, span.attributes['http.route'] ?? '']), span);
    }
  }
  return [...found.values()];
}

function routesOnce(routes: readonly Route[]): Route[] {
  return [...new Map(routes.map((route) => [JSON.stringify([route.service, route.method.toUpperCase(), route.path]), route])).values()];
}

function judgeRoute(route: Route, spans: readonly SpanRecord[], report: VerifyReport): LedgerEntry {
  const method = route.method.toUpperCase();
  const entry = {
    site: `${method} ${route.path}`,
    service: route.service,
    place: `${route.evidence.file}:${route.evidence.line}`,
    source: 'route',
  };
  if (spans.some((span) => isOf(span, route, method))) return { ...entry, state: 'seen', why: 'A SERVER span carries this route.' };
  const asked = report.requests.some(({ service, request }) => service === route.service && fits(request, method, route.path));
  if (asked)
    return { ...entry, state: 'unseen', why: 'A request asked for it, and no span carries it.', next: 'See the checks that failed.' };
  return { ...entry, state: 'unasked', why: 'No request of this run asked for it.', next: 'Add a request for it to tracewright.yaml.' };
}

function isOf(span: SpanRecord, route: Route, method: string): boolean {
  if (span.kind !== 'SERVER' || span.service !== route.service) return false;
  const spanMethod = span.attributes['http.request.method'] ?? span.attributes['http.method'] ?? span.name.split(' ')[0];
  const path = span.attributes['http.route'] ?? span.name.slice(span.name.indexOf(' ') + 1);
  return path === route.path && (method === 'ALL' || spanMethod === method);
}

/** Routes that answered although no codemod listed them: frameworks name these themselves. */
function unlisted(routes: readonly Route[], spans: readonly SpanRecord[]): LedgerEntry[] {
  const others = spans.filter(
    (span) =>
      span.kind === 'SERVER' &&
      typeof span.attributes['http.route'] === 'string' &&
      !routes.some((route) => isOf(span, route, route.method.toUpperCase())),
  );
  return others
    .map(
      ({ name, service }): LedgerEntry => ({
        site: name,
        service,
        source: 'trace',
        state: 'seen',
        why: 'A SERVER span carries this route.',
      }),
    )
    .sort((a, b) => (`${a.service} ${a.site}` < `${b.service} ${b.site}` ? -1 : 1));
}

/** Whether `METHOD /concrete/path` falls under a template. */
function fits(request: string, method: string, template: string): boolean {
  const [asked, target = ''] = request.split(' ');
  if (method !== 'ALL' && asked !== method) return false;
  const given = (target.split('?')[0] ?? '').split('/');
  const wanted = template.split('/');
  return given.length === wanted.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}

/** Tasks of the receipt that today's plan does not name; apply itself moves lines, so they do not tell two tasks apart. */
function stillOpen(tasks: readonly LeftTask[], plan: Plan | undefined): LedgerEntry[] {
  const nameOf = (codemod: string, { file, why }: Task): string => JSON.stringify([codemod, file, why]);
  const today = new Set(plan?.codemods.flatMap((one) => (one.status === 'applies' ? one.tasks.map((task) => nameOf(one.id, task)) : [])));
  const open = tasks.filter((task) => !today.has(nameOf(task.codemod, task)));
  const entries = open.map(({ codemod, file, line, why, next }): LedgerEntry => {
    return { site: why, place: `${file}:${line}`, source: codemod, state: 'task', why: 'Was left to a person when it was applied.', next };
  });
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** What codemods left to people, and what they leave alone. */
function openEnds(plan: Plan): LedgerEntry[] {
  const ofCodemods = plan.codemods.flatMap((codemod): LedgerEntry[] => {
    const { id: source } = codemod;
    if (codemod.status === 'satisfied') return [{ site: source, source: 'codemod', state: 'placed', why: codemod.why }];
    if (codemod.status === 'unsupported')
      return [{ site: source, source: 'codemod', state: 'absent', why: codemod.why, next: codemod.next }];
    return [
      ...codemod.tasks.map(({ file, line, why, next }): LedgerEntry => {
        return { site: why, place: `${file}:${line}`, source, state: 'task', why: 'Left to a person.', next };
      }),
      ...[...new Set(codemod.edits.map(({ file }) => file))].map((file): LedgerEntry => {
        const next = 'Run `tracewright plan --diff`, then `tracewright apply`.';
        return { site: file, place: file, source, state: 'task', why: 'This change is planned and not applied.', next };
      }),
    ];
  });
  const problems = plan.problems.map(({ code, detail, evidence }): LedgerEntry => {
    const next = `Run \`tracewright explain ${code}\`.`;
    return { site: detail, place: `${evidence.file}:${evidence.line}`, source: code, state: 'refused', why: 'Left alone.', next };
  });
  return [...ofCodemods, ...problems];
}
