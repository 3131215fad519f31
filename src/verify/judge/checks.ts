import type { Route } from '../../contract/index.ts';
import { type LogRecord, labelOf, type Receiver, type SpanNode, type Trace, walkSpans } from '../../trace/index.ts';
import { isCalled } from '../run/await-spans.ts';
import { lastLines } from '../run/program.ts';
import type { ServiceRun } from '../run/run-scenarios.ts';
import type { Exchange } from '../run/send-request.ts';
import { programAttribute } from '../setup/environment.ts';
import type { Setup } from '../setup/setup.ts';
import { askMore } from './ask-more.ts';
import { misfits } from './check-fit.ts';
import { isKept } from './left-sites.ts';
import { plural } from './plural.ts';
import type { BehaviourDifference, Check, Expectation, GoldenReport } from './report.ts';

function allSpans(traces: readonly Trace[]): { readonly service: string; readonly kind: string; readonly name: string }[] {
  return traces.flatMap(({ roots, orphans }) => [...walkSpans([...roots, ...orphans])].map(({ span }) => span));
}

/** Every request got an answer, with the status the scenario states. */
export function checkAnswers(exchanges: readonly Exchange[]): Check {
  const id = 'requests-answered';
  const faults = exchanges.flatMap(({ label, error, status, request, body }) => {
    if (error !== undefined) return [`${label}: ${error}`];
    const { expectStatus } = request;
    if (expectStatus === undefined || status === expectStatus) return [];
    if (request.isCommand) return [`${label}: ended with ${status}${body ? `: ${body}` : ''}`];
    return [`${label}: answered ${status}, expected ${expectStatus}`];
  });
  const total = plural(exchanges.length, 'request');
  if (faults.length === 0) return { id, status: 'pass', summary: `${total} answered`, details: [] };
  const next = 'Make the program answer, or correct the request in tracewright.yaml.';
  return { id, status: 'fail', summary: `${faults.length} of ${total} not answered as expected`, details: faults, next };
}

/** Spans that requests of tracewright.yaml expect and that are not in their trace. */
function missingSpans(exchanges: readonly Exchange[], traces: readonly Trace[]): readonly string[] {
  return exchanges.flatMap(({ label, traceId, request }) => {
    const spans = traces.filter((trace) => trace.traceId === traceId);
    const nodes = spans.flatMap(({ roots, orphans }) => [...walkSpans([...roots, ...orphans])]);
    return request.expectSpans
      .filter((name) => !nodes.some(({ span }) => isCalled(span, name)))
      .map((name) => `${label}: no span is ${name}`);
  });
}

/** The canary: each program says at its start what was loaded before its instrumentation. */
export function checkLoadedFirst(logs: readonly LogRecord[], programs: readonly string[], spans: number, applied: boolean): Check {
  const id = 'loaded-first';
  const starts = logs.filter(({ event }) => event === 'tracewright.start');
  const late = starts.filter(({ attributes }) => attributes['tracewright.loaded_first'] === false);
  const next = 'Load the instrumentation file before everything else: first line of the entry, or `--import` on every launch.';
  if (late.length > 0) {
    const details = late.map((start) => {
      const before = start.attributes['tracewright.loaded_before'];
      return `${programOf(start) ?? start.service}: loaded after ${Array.isArray(before) ? before.join(', ') : 'other modules'}`;
    });
    return { id, status: 'fail', summary: 'The instrumentation was loaded too late', details, next };
  }
  const silent = silentPrograms(starts, programs);
  const total = plural(programs.length, 'program');
  if (silent.length === 0) return { id, status: 'pass', summary: `Instrumentation loaded first in ${total}`, details: [] };
  if (starts.length === 0 && spans > 0 && !applied)
    return { id, status: 'skip', summary: 'The instrumentation is not ours, so it does not say when it was loaded', details: [] };
  return {
    id,
    status: 'fail',
    summary: `The instrumentation started in ${programs.length - silent.length} of ${total}`,
    details: starts.length === 0 ? [] : silent.map((name) => `${name}: it did not start`),
    next,
  };
}

/** The program that a record comes from; undefined where the program replaced what tells it. */
function programOf({ resource }: LogRecord): string | undefined {
  const name = resource[programAttribute];
  return typeof name === 'string' ? name : undefined;
}

/** Programs in which the instrumentation did not start. One that hides its name is taken for any that is missing, by its service name. */
function silentPrograms(starts: readonly LogRecord[], programs: readonly string[]): readonly string[] {
  const named = new Set(starts.map(programOf));
  const missing = programs.filter((name) => !named.has(name));
  const hidden = new Set(starts.filter((start) => programOf(start) === undefined).map(({ service }) => service));
  return missing.slice(hidden.size);
}

/** Each span that an applied codemod says will be there was seen. */
export function checkExpectations(
  expectations: readonly Expectation[],
  traces: readonly Trace[],
  exchanges: readonly Exchange[],
  origin: Setup['origin'],
): Check {
  const id = 'expected-spans';
  const unmet = missingSpans(exchanges, traces);
  if (unmet.length > 0) {
    const next = 'Work that begins a trace of its own, or ends after the program was stopped, is not in it.';
    return { id, status: 'fail', summary: `${plural(unmet.length, 'expected span')} not seen`, details: unmet, next };
  }
  const spans = allSpans(traces);
  const promises = expectations.flatMap(({ codemod, expects }) => expects.map((span) => ({ codemod, ...span })));
  if (promises.length === 0) return { id, status: 'skip', summary: 'No applied codemod expects a span', details: [] };
  const unseen = promises.filter((promise) => !isKept(promise, spans));
  const details = unseen.map(({ codemod, kind, name, why }) => `${codemod}: no ${kind} span named ${name} (${why})`);
  const whose = [...new Set((unseen.length === 0 ? promises : unseen).map(({ codemod }) => codemod))].join(', ');
  const seen = `${promises.length - unseen.length} of ${plural(promises.length, 'expected span')} seen`;
  if (unseen.length === 0) return { id, status: 'pass', summary: `${seen} (${whose})`, details };
  const next = askMore(origin);
  // A path that nobody serves names no route, so it proves nothing either way.
  const answers = exchanges.flatMap(({ status }) => status ?? []);
  const isReached = answers.some((answer) => answer !== 404);
  const status = isReached && unseen.some(({ kind }) => kind === 'SERVER') ? 'fail' : 'warn';
  const doubt = isReached ? '' : answers.length === 0 ? ': no request was answered' : ': every request was answered 404';
  return { id, status, summary: `${seen} (missing: ${whose})${doubt}`, details, next };
}

/** A parent that never arrives was lost, or its id was made up. */
export function checkOrphans(traces: readonly Trace[]): Check {
  const id = 'no-orphans';
  const details = traces.flatMap(({ orphans }) => orphans.map(({ span }) => `${labelOf(span)}: its parent never arrived`));
  if (details.length === 0) return { id, status: 'pass', summary: 'No orphan span', details };
  const next = 'End every span before the program stops, and flush when it does.';
  return { id, status: 'fail', summary: plural(details.length, 'orphan span'), details, next };
}

/** SERVER spans are named after the route, so that traces of one endpoint can be found. */
export function checkNames(traces: readonly Trace[], routes: readonly Route[], exchanges: readonly Exchange[]): Check {
  const id = 'server-span-names';
  const nodes = traces.flatMap(({ roots, orphans }) => [...walkSpans([...roots, ...orphans])]).filter(({ span }) => span.kind === 'SERVER');
  if (nodes.length === 0) return { id, status: 'skip', summary: 'There was no SERVER span', details: [] };
  // What was refused or sent elsewhere (401, 404, a body that cannot be read, a redirect) need not have come to a route.
  const isAnswered = (status: unknown): boolean => typeof status !== 'number' || status < 300 || status > 499;
  // A call of gRPC is named after its method.
  const isNamed = ({ name, attributes }: SpanNode['span']): boolean =>
    ('rpc.system' in attributes ? /^\S+\/\S+$/ : /^[A-Z]+ \//).test(name);
  const unnamed = nodes.filter(({ span }) => !isNamed(span) && isAnswered(span.attributes['http.response.status_code']));
  const odd = misfits(exchanges, traces, routes);
  if (odd.length > 0) {
    const next = 'See that every router below a mount is traced; a program that rewrites its paths may name what it rewrote.';
    const summary = `${plural(odd.length, 'SERVER span')} named by another route than the one asked`;
    return { id, status: odd.some(({ isSure }) => isSure) ? 'fail' : 'warn', summary, details: odd.map(({ what }) => what), next };
  }
  if (unnamed.length === 0 && nodes.every(({ span }) => !isNamed(span)))
    return { id, status: 'skip', summary: 'No SERVER span had to name a route: all were refused or sent elsewhere', details: [] };
  if (unnamed.length === 0) return { id, status: 'pass', summary: 'SERVER spans are named METHOD /route', details: [] };
  const path = (value: unknown): string => (typeof value === 'string' ? value : '');
  // `express.static` before `app.get('/')` answers in its stead.
  const files = new Set(exchanges.filter(({ isFile }) => isFile).map(({ traceId }) => traceId));
  const known = unnamed.filter(({ span }) => {
    return !files.has(span.traceId) && routes.some((route) => route.path === path(span.attributes['url.path']));
  });
  const details = [...new Set(unnamed.map(({ span }) => `${labelOf(span)} (${path(span.attributes['url.path']) || 'no path'})`))];
  const next = 'Static files and unknown paths have no route; for every other one, see that its framework middleware is in place.';
  return {
    id,
    status: known.length > 0 ? 'fail' : 'warn',
    summary: `${plural(details.length, 'SERVER span name')} without a route`,
    details,
    next,
  };
}

/** Programs stay up until they are asked to end, then end by themselves and leave nothing behind. */
export function checkExits(services: readonly ServiceRun[]): Check {
  const id = 'clean-exit';
  const details = services.flatMap(({ name, exit, stderr, stdout }) => {
    if (exit.early) {
      const said = lastLines(stderr.trim() || stdout, 8)
        .split('\n')
        .filter(Boolean);
      return [`${name}: ended with ${exit.code ?? exit.signal} before it was asked to`, ...said.map((line) => `  ${line}`)];
    }
    if (exit.forced) return [`${name}: did not end within ${exit.ms} ms after SIGTERM`];
    return exit.leftBehind.map((program) => `${name}: left ${program} running; it was ended`);
  });
  const how = services.map(({ name, exit }) => `${name} ${exit.signal ?? `code ${exit.code}`} after ${exit.ms} ms`).join(', ');
  if (details.length === 0) return { id, status: 'pass', summary: `Ended after SIGTERM: ${how}`, details };
  const unwell = services.filter(({ exit }) => exit.early || exit.forced || exit.leftBehind.length > 0).length;
  const next = services.some(({ exit }) => exit.early)
    ? 'Start the program by hand and see why it ends: a database or a setting may be missing here.'
    : 'Let the SIGTERM handler end the program, and end what it starts.';
  return { id, status: 'fail', summary: `${plural(unwell, 'program')} did not end well`, details, next };
}

/** The migration changed nothing a caller can see. */
export function checkBehaviour(against: { readonly ref: string; readonly differences: readonly BehaviourDifference[] } | undefined): Check {
  const id = 'same-behaviour';
  if (!against) return { id, status: 'skip', summary: 'Not compared with another version', details: [], next: 'Pass `--against HEAD`.' };
  const details = against.differences.map(({ where, what, before, after }) => `${where}: ${what} was ${before}, is ${after}`);
  if (details.length === 0) return { id, status: 'pass', summary: `Same status, body, stdout and exit as ${against.ref}`, details };
  const next = 'If a value changes from run to run, add a pattern for it under `ignore` in tracewright.yaml.';
  return { id, status: 'fail', summary: `${plural(details.length, 'difference')} to ${against.ref}`, details, next };
}

/** The spans are those that were recorded. */
export function checkGolden(golden: readonly GoldenReport[], frozen: boolean): Check {
  const id = 'golden-trace';
  const files = (status: GoldenReport['status']): string =>
    golden.flatMap((each) => (each.status === status ? [each.file] : [])).join(', ');
  if (golden.some(({ status }) => status === 'written'))
    return { id, status: 'pass', summary: `Recorded in ${files('written')}`, details: [] };
  const missing = golden.filter(({ status }) => status === 'missing');
  const differing = golden.filter(({ status }) => status === 'differs');
  const details = differing.flatMap(({ file, diff = '' }) => [file, ...diff.trimEnd().split('\n')]);
  if (differing.length > 0) {
    const next = 'If the change is meant, run `tracewright verify --update` and commit the file.';
    return { id, status: 'fail', code: 'TW3008', summary: `${plural(differing.length, 'golden trace')} would change`, details, next };
  }
  if (missing.length === 0) return { id, status: 'pass', summary: `Same spans as in ${files('equal')}`, details };
  const summary = `No golden trace in ${missing.map(({ file }) => file).join(', ')}`;
  const next = 'Run `tracewright record` and commit the file.';
  return frozen ? { id, status: 'fail', code: 'TW3007', summary, details, next } : { id, status: 'skip', summary, details, next };
}

/** A receiver that dropped something has no complete traces to judge. */
export function checkReceived({ drops, problems }: Pick<Receiver, 'drops' | 'problems'>): Check {
  const id = 'nothing-dropped';
  const lost = drops.spans + drops.logs + drops.bodies;
  if (lost + problems.length === 0) return { id, status: 'pass', summary: 'Everything that was sent was read', details: [] };
  const details = [
    ...problems,
    ...(lost > 0
      ? [
          `dropped: ${plural(drops.spans, 'span')}, ${plural(drops.logs, 'log')}, ${drops.bodies === 1 ? '1 body' : `${drops.bodies} bodies`}`,
        ]
      : []),
  ];
  return { id, status: 'fail', summary: 'Some telemetry could not be read', details, next: 'Send OTLP over HTTP, as protobuf or JSON.' };
}
