import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { ownFile } from '../engine/plan/toolkit.ts';
import { type Received, startReceiver, type Trace } from '../trace/index.ts';
import type { GoldenReport } from '../verify/judge/report.ts';
import { type CommandEnd, runCommand } from '../verify/run/run-command.ts';
import { programEnvironment } from '../verify/setup/environment.ts';
import { compareWithFile, goldenFile, writeGoldenFile } from '../verify/setup/golden-files.ts';
import { type Choices, readChoices } from '../verify/setup/read-choices.ts';
import { type Grouped, goldenOf, groupTests, type TestTraces } from './group-tests.ts';
import { readNotes, type TestNotes } from './test-calls.ts';
import { testFolder } from './test-scenario.ts';
import { whyNothing } from './why-nothing.ts';

export interface CaptureOptions {
  /** Never create or change a golden trace; one that is missing, or whose test did not run, is a fault. Default: whether CI=true. */
  readonly frozen?: boolean;
  /** Milliseconds that programs the tests left running get to end by themselves. Default 2,000. */
  readonly stopMs?: number;
  /** Milliseconds that the command may take. Default 30 minutes. */
  readonly timeoutMs?: number;
  /** Where the command's output goes. Default: as it is. */
  readonly output?: 'as it is' | 'stderr';
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface TestReport {
  readonly file: string;
  readonly test: string;
  readonly requests: readonly { readonly request: string; readonly trace?: Trace }[];
}

export interface CaptureReport {
  readonly command: string;
  readonly frozen: boolean;
  readonly tests: readonly TestReport[];
  /** Traces of requests outside a test (a before-all hook), or of tests that ran at the same time in one process. */
  readonly outside: readonly Trace[];
  /** Traces of no request that a test process sent: start-up work, timers, and whatever lost its trace. */
  readonly strangers: readonly Trace[];
  readonly golden: readonly GoldenReport[];
  /** Golden files whose test sent no request in this run. */
  readonly notRun: readonly string[];
  /** Requests that a test process answered itself: there, no instrumentation sees a framework. */
  readonly answeredInside: number;
  /** Runners that were seen and do not tell which test runs. */
  readonly notGrouped: readonly string[];
  /** What the command left running and had to be ended. */
  readonly leftBehind: readonly string[];
  readonly spans: number;
  readonly drops: Received['drops'];
  readonly problems: readonly string[];
}

export interface Captured extends CaptureReport {
  /** Writes the golden traces; returns the files that changed. */
  write(): readonly string[];
}

/** Loaded before the tests of the repository. */
const preload = ownFile('capture/preload.cjs');

function nodeOptions(given: string | undefined): string {
  const path = /[\s"\\]/.test(preload) ? `"${preload.replace(/["\\]/g, '\\$&')}"` : preload;
  return [`--require ${path}`, ...(given ? [given] : [])].join(' ');
}

/** The caller's environment, with telemetry sent to us and the test processes followed. */
function environment(base: Readonly<Record<string, string | undefined>>, receiverUrl: string, notes: string): Record<string, string> {
  const env = { NODE_OPTIONS: nodeOptions(base['NODE_OPTIONS']), TRACEWRIGHT_TESTS: notes, npm_config_loglevel: 'notice' };
  return programEnvironment({ name: 'tests', dir: '', command: '', choosePort: false, env }, new Map(), receiverUrl, base);
}

function recordedTests(root: string): string[] {
  const folder = join(root, '.tracewright', 'golden', testFolder);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.map((file) => goldenFile(`${testFolder}/${file.slice(0, -'.json'.length).split(sep).join('/')}`)).sort();
}

interface Evidence {
  readonly end: CommandEnd;
  readonly noted: TestNotes;
  readonly received: Received;
}

/** Throws for a command that could not be started (TW3015), was interrupted (TW3011), took too long (TW3033) or failed (TW3030). */
function refuseUnfinished(command: string, { code, signal, stopped, failure, leftBehind }: CommandEnd, timeoutMs: number): void {
  const ended = leftBehind.length > 0 ? `; ended: ${leftBehind.join(', ')}` : '';
  if (failure) throw new TracewrightError('TW3015', command, { cause: failure });
  if (stopped === 'abort') throw new TracewrightError('TW3011', `\`${command}\`${ended}`);
  if (stopped === 'time') throw new TracewrightError('TW3033', `\`${command}\`, after ${timeoutMs / 1000} seconds${ended}`);
  if (code !== 0) throw new TracewrightError('TW3030', `\`${command}\` ended with ${code ?? signal}`);
}

async function gather(root: string, words: readonly string[], options: CaptureOptions): Promise<Evidence> {
  const timeoutMs = options.timeoutMs ?? 30 * 60_000;
  const receiver = await startReceiver();
  const notes = mkdtempSync(join(tmpdir(), 'tracewright-tests-'));
  try {
    const end = await runCommand(words, {
      cwd: root,
      env: environment(options.env ?? process.env, receiver.url, notes),
      mark: `TRACEWRIGHT_TESTS=${notes}`,
      output: options.output ?? 'as it is',
      stopMs: options.stopMs ?? 2_000,
      timeoutMs,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    refuseUnfinished(words.join(' '), end, timeoutMs);
    await receiver.settled();
    return { end, noted: readNotes(notes, root), received: receiver };
  } finally {
    rmSync(notes, { recursive: true, force: true });
    await receiver.close();
  }
}

function reportTest({ file, test, requests }: TestTraces): TestReport {
  return {
    file,
    test: test.join(' > '),
    requests: requests.map(({ request, trace }) => ({ request, ...(trace ? { trace } : {}) })),
  };
}

/** A test that produced no span has no golden trace, unless it had one. */
function goldens(root: string, { tests, strangers }: Grouped, { attributes, masker }: Choices): [GoldenReport, () => boolean][] {
  return tests.flatMap((test): [GoldenReport, () => boolean][] => {
    const golden = goldenOf(test, attributes);
    const report = compareWithFile(root, golden, strangers, attributes);
    return golden.traces.length === 0 && report.status === 'missing' ? [] : [[report, () => writeGoldenFile(root, golden, masker)]];
  });
}

/**
 * Runs a test command against a receiver and groups what arrives by the test whose request caused it.
 *
 *   spawn -> each request of a test carries a trace id of its own -> the command and what it started ended -> one golden trace per test
 *
 * Throws TW3030 when the command fails, TW3033 when it does not end, TW3031 when nothing could be attributed. Nothing is written until `write` is called.
 */
export async function captureTests(folder: string, words: readonly string[], options: CaptureOptions = {}): Promise<Captured> {
  const root = realpathSync(folder);
  const choices = readChoices(root, options.env);
  try {
    return await capture(root, words, options, choices);
  } catch (error) {
    throw choices.masker.error(error);
  }
}

async function capture(root: string, words: readonly string[], options: CaptureOptions, choices: Choices): Promise<Captured> {
  const { masker } = choices;
  const { end, noted, received } = await gather(root, words, options);
  const { calls } = noted;
  const command = words.join(' ');
  const grouped = groupTests(calls, received);
  const compared = goldens(root, grouped, choices);
  if (compared.length === 0) throw whyNothing(command, noted, received);
  const clean = { spans: masker.deep(received.spans), logs: masker.deep(received.logs) };
  const shown = clean.spans === received.spans && clean.logs === received.logs ? grouped : groupTests(calls, clean);
  const files = new Set(compared.map(([{ file }]) => file));
  return {
    command: masker.text(command),
    frozen: options.frozen ?? (options.env ?? process.env)['CI'] === 'true',
    tests: shown.tests.map(reportTest),
    outside: shown.outside,
    strangers: shown.strangers,
    golden: masker.deep(compared.map(([report]) => report)),
    notRun: recordedTests(root).filter((file) => !files.has(file)),
    answeredInside: noted.answeredInside.size,
    notGrouped: noted.runners,
    leftBehind: masker.deep(end.leftBehind),
    spans: received.spans.length,
    drops: received.drops,
    problems: received.problems,
    write: () => compared.flatMap(([{ file }, write]) => (write() ? [file] : [])),
  };
}
