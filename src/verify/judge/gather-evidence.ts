import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type Route, type Survey, TracewrightError } from '../../contract/index.ts';
import { buildTraces, type Receiver, startReceiver, type Trace } from '../../trace/index.ts';
import { awaitSpans, awaitWork } from '../run/await-spans.ts';
import { explainEnd } from '../run/missing-start.ts';
import { runAlone } from '../run/run-alone.ts';
import { choosePorts, type Run, type RunOptions, runScenarios } from '../run/run-scenarios.ts';
import { withWork } from '../run/work-spans.ts';
import { completeSetup, deriveSetup } from '../setup/derive-setup.ts';
import { buildServices, checkInstalled } from '../setup/prepare.ts';
import { type Applied, readApplied } from '../setup/read-applied.ts';
import { maskerFor } from '../setup/read-choices.ts';
import { readSetup } from '../setup/read-setup.ts';
import { readTree, type TreeFacts } from '../setup/read-tree.ts';
import type { Masker } from '../setup/secrets.ts';
import type { Setup } from '../setup/setup.ts';
import { confirm, labelsOf, type MixUp, mixedTogether, suspectsOf } from './check-apart.ts';
import type { RequestReport, VerifyOptions } from './report.ts';

/** A folder with its links resolved, so that paths the program prints are known. Throws TW1001. */
function realFolder(root: string): string {
  if (!existsSync(root)) throw new TracewrightError('TW1001', root);
  return realpathSync(root);
}

/** What to start and ask: tracewright.yaml, else what the survey found. */
export function loadSetup(root: string, options: VerifyOptions, routes: readonly Route[], survey?: Survey): Setup {
  const file = join(root, 'tracewright.yaml');
  const setup = existsSync(file) ? completeSetup(root, readSetup(readFileSync(file, 'utf8')), survey) : deriveSetup(root, routes, survey);
  const scenarios = setup.scenarios.filter(({ name }) => options.scenario === undefined || name === options.scenario);
  if (scenarios.length > 0) return { ...setup, scenarios };
  if (options.scenario !== undefined) throw new TracewrightError('TW3013', options.scenario);
  // A file that only names services: ask what the routes allow.
  const requests = deriveSetup(root, routes, survey).scenarios.flatMap((scenario) => scenario.requests);
  const first = setup.services[0]?.name ?? '';
  const named = requests.map((request) =>
    setup.services.some(({ name }) => name === request.service) ? request : { ...request, service: first },
  );
  return { ...setup, scenarios: [{ name: 'default', ...(named.length > 1 ? { parallel: true } : {}), requests: named, ignore: [] }] };
}

/** What the spans tell of each request. */
export interface Told {
  readonly traces: readonly Trace[];
  readonly requests: readonly RequestReport[];
  readonly otherTraces: readonly Trace[];
}

/** Spans and log records of a run. */
export type Heard = Pick<Receiver, 'spans' | 'logs'>;

/** Everything one verification learned, before it is judged. */
export interface Evidence {
  readonly root: string;
  readonly setup: Setup;
  readonly applied: Applied;
  readonly tree: TreeFacts;
  readonly run: Run;
  readonly receiver: Receiver;
  /** What arrived of the scenario itself. */
  readonly heard: Heard;
  /** Without secrets, to be shown. */
  readonly shown: Told;
  /** As it arrived, to be compared with golden traces. */
  readonly told: Told;
  readonly masker: Masker;
  /** Requests that have spans of others. */
  readonly mixed: readonly MixUp[];
  readonly runOptions: Omit<RunOptions, 'root' | 'receiverUrl'>;
}

/** What is judged is the scenario once; the second rounds are for comparison only. */
function withoutRounds(run: Run, { spans, logs }: Heard): Heard {
  const again = new Set(run.beside.flatMap(({ together, warm }) => [together.traceId, warm.traceId]));
  if (again.size === 0) return { spans, logs };
  return { spans: spans.filter(({ traceId }) => !again.has(traceId)), logs: logs.filter(({ traceId }) => !again.has(traceId)) };
}

function readTraces(run: Run, { spans, logs }: Heard): Told {
  const traces = buildTraces(spans, logs, new Set(run.exchanges.map(({ callerId }) => callerId)));
  const requests = run.exchanges.map(({ scenario, request, label, status, error, traceId }): RequestReport => {
    const trace = traces.find((candidate) => candidate.traceId === traceId);
    return {
      scenario,
      service: request.service,
      request: label,
      ...(status === undefined ? {} : { status }),
      ...(request.isCommand ? { isCommand: true as const } : {}),
      ...(error === undefined ? {} : { error }),
      ...(trace === undefined ? {} : { trace }),
    };
  });
  const asked = new Set(run.exchanges.map(({ traceId }) => traceId));
  return { traces, requests, otherTraces: traces.filter(({ traceId }) => !asked.has(traceId)) };
}

function withoutSecrets(run: Run, heard: Heard, told: Told, masker: Masker): Told {
  const [spans, logs] = [masker.deep(heard.spans), masker.deep(heard.logs)];
  const same = spans === heard.spans && logs === heard.logs;
  const { traces, requests, otherTraces } = same ? told : readTraces(run, { spans, logs });
  const clean = requests.map(({ error, ...rest }) => ({
    ...rest,
    request: masker.text(rest.request),
    ...(error === undefined ? {} : { error: masker.text(error) }),
  }));
  return { traces, requests: clean, otherTraces };
}

/** Starts the repository, drives it, stops it and reads its telemetry. */
export async function gatherEvidence(folder: string, options: VerifyOptions): Promise<Evidence> {
  const root = realFolder(folder);
  const applied = readApplied(root);
  const tree = await readTree(root, applied.codemods.length > 0);
  const setup = loadSetup(root, options, options.routes ?? tree.routes, tree.survey);
  const masker = maskerFor(root, setup.services, options.env);
  try {
    return await driveRepo({ root, applied, tree, setup, masker }, options);
  } catch (error) {
    throw masker.error(explainEnd(root, error));
  }
}

/** More starts of the programs than this say nothing new. */
const mostAlone = 3;

/** What the clock makes suspicious is measured: each such request alone, in a fresh program. */
async function mixedInTurn(run: Run, spans: Receiver['spans'], options: Omit<RunOptions, 'receiverUrl'>): Promise<MixUp[]> {
  const found: MixUp[] = [];
  for (const suspect of suspectsOf(run.exchanges, spans).slice(0, mostAlone)) {
    options.onProgress(`Sending ${suspect.owner.label} alone`);
    const alone = await runAlone(suspect.owner, options);
    if (alone === undefined || alone.exchange.status !== suspect.owner.status) continue;
    const mixed = confirm(suspect, spans, labelsOf(alone.spans, alone.exchange.traceId));
    if (mixed !== undefined) found.push(mixed);
  }
  return found;
}

async function driveRepo(
  known: Pick<Evidence, 'root' | 'applied' | 'tree' | 'setup' | 'masker'>,
  options: VerifyOptions,
): Promise<Evidence> {
  const { root, setup, masker } = known;
  const env = options.env ?? process.env;
  const onProgress = (message: string): void => options.onProgress?.(masker.text(message));
  const stoppable = options.signal ? { signal: options.signal } : {};
  checkInstalled(root, setup.services);
  if (options.build !== false) await buildServices(root, setup.services, { env, onProgress, ...stoppable });
  const runOptions = {
    services: setup.services,
    scenarios: setup.scenarios,
    ports: await choosePorts(setup.services),
    env,
    readyMs: options.readyMs ?? 30_000,
    requestMs: options.requestMs ?? 10_000,
    stopMs: options.stopMs ?? 10_000,
    onProgress,
    ...stoppable,
  };
  const receiver = await startReceiver();
  try {
    const waiting = { root, receiver, requestMs: runOptions.requestMs, ...stoppable };
    const isDone: RunOptions['isDone'] = (exchanges) => awaitSpans(exchanges, waiting);
    const isWorked: RunOptions['isWorked'] = (step, before) => awaitWork(step, before, waiting);
    const run = await runScenarios({ ...runOptions, root, receiverUrl: receiver.url, isDone, isWorked });
    await receiver.settled();
    const heard = withWork(run.exchanges, withoutRounds(run, receiver));
    const told = readTraces(run, heard);
    const mixed = [...mixedTogether(run.beside, receiver.spans), ...(await mixedInTurn(run, receiver.spans, { ...runOptions, root }))];
    return { ...known, run, receiver, heard, runOptions, told, mixed, shown: withoutSecrets(run, heard, told, masker) };
  } finally {
    await receiver.close();
  }
}
