import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Program, startProgram } from '../../middleware/tests/program.ts';
import { type Receiver, type SpanRecord, startReceiver } from '../../src/trace/index.ts';
import { npmInstall } from '../harness/node-binary.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
/** Where the programs find the middleware and the OpenTelemetry packages. */
export const MODULES: string = join(import.meta.dirname, '../../node_modules');

/** Another Node.js than this one. */
export const NODE: string | undefined = process.env['MESSAGING_NODE'];

export interface Journey {
  /** Name of the program in `programs/`. */
  readonly library: string;
  readonly packages: readonly string[];
  readonly broker: string;
  readonly messages: number;
  /** Every how many-th message fails at first. */
  readonly fail?: number;
  /** `package#Class` of instrumentations. */
  readonly instrument?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The worker gets SIGTERM when it has called out for so many. */
  readonly stopAfter?: number;
  /** Sender and worker are one process. */
  readonly isTogether?: boolean;
}

export interface Arrival {
  readonly n: number;
  /** From the headers of the consumer's outgoing call. */
  readonly traceId: string | undefined;
}

export interface Travelled {
  readonly spans: readonly SpanRecord[];
  readonly arrivals: readonly Arrival[];
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with these packages, installed once for each set of them. */
export function installPackages(packages: readonly string[]): string {
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), 'tracewright-messaging', key);
  if (!existsSync(join(folder, 'installed'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    npmInstall(folder, ['--ignore-scripts', '--legacy-peer-deps', ...packages]);
    writeFileSync(join(folder, 'installed'), '');
  }
  return folder;
}

/** Sends numbers to the api, `side` at once, until the worker has called out for each. */
export async function travel(journey: Journey, side = 20): Promise<Travelled> {
  const folder = installPackages(journey.packages);
  cpSync(PROGRAMS, folder, { recursive: true });
  const arrivals: Arrival[] = [];
  const target = createServer((req, res) => {
    const traceparent = req.headers['traceparent'];
    arrivals.push({
      n: Number(req.url?.replace(/^.*n=/, '')),
      traceId: typeof traceparent === 'string' ? traceparent.split('-')[1] : undefined,
    });
    res.end('thanks');
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  const receiver = await startReceiver();
  const start = (role: string): Program =>
    startProgram({
      ...(NODE !== undefined && { node: NODE }),
      args: ['service.cjs'],
      cwd: folder,
      env: {
        NODE_PATH: MODULES,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        ROLE: role,
        LIBRARY: journey.library,
        BROKER: journey.broker,
        TARGET: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
        FAIL: String(journey.fail ?? 0),
        INSTRUMENT: (journey.instrument ?? []).join(' '),
        ...journey.env,
      },
      limit: 110_000,
    });
  const programs: Program[] = [];
  try {
    if (journey.isTogether !== true) {
      const worker = start('worker');
      programs.push(worker);
      await said(worker, 'ready');
    }
    const api = start(journey.isTogether === true ? 'both' : 'api');
    programs.push(api);
    const sent = sendAll(await api.port(), journey.messages, side);
    for (let left = 30_000; left > 0 && arrivals.length < (journey.stopAfter ?? 0); left--) await pause(1);
    if (journey.stopAfter !== undefined) await programs[0]?.kill('SIGTERM');
    await sent;
    for (let left = 600; left > 0 && journey.stopAfter === undefined && arrivals.length < journey.messages; left--) await pause(50);
    // What comes twice comes now.
    await pause(300);
  } finally {
    await Promise.all(programs.map((program) => program.kill('SIGTERM')));
    await closeReceiver(receiver);
    target.close();
  }
  const ends = await Promise.all(programs.map((program) => program.ended()));
  return {
    spans: receiver.spans,
    arrivals,
    stdout: ends.map(({ stdout }) => stdout).join(''),
    stderr: ends.map(({ stderr }) => stderr).join(''),
  };
}

async function closeReceiver(receiver: Receiver): Promise<void> {
  await receiver.settled();
  await receiver.close();
}

async function sendAll(port: number, messages: number, side: number): Promise<void> {
  let next = 1;
  const one = async (): Promise<void> => {
    while (next <= messages) {
      const response = await fetch(`http://127.0.0.1:${port}/${next++}`);
      if (response.status !== 200) throw new Error(`the api answered ${response.status}`);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: side }, one));
}

export function said({ child, ended }: Program, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    child.stdout?.on('data', (text: string) => {
      stdout += text;
      if (stdout.split('\n').includes(line)) resolve();
    });
    ended().then(({ stderr }) => reject(new Error(`the program ended: ${stderr}`)), reject);
  });
}
