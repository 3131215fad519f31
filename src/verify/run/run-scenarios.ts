import { createServer } from 'node:net';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { programEnvironment, withProgramName } from '../setup/environment.ts';
import { type RequestSetup, requestLabel, type Scenario, type ServiceSetup } from '../setup/setup.ts';
import { portInUse } from './port-owner.ts';
import { type ProbeServer, startProbeServer } from './probe-server.ts';
import { type Program, startProgram } from './program.ts';
import { runStep } from './run-step.ts';
import { type Exchange, sendRequest } from './send-request.ts';
import type { Exit } from './stop-program.ts';

export interface RunOptions {
  /** Absolute folder of the tree to run. */
  readonly root: string;
  readonly services: readonly ServiceSetup[];
  readonly scenarios: readonly Scenario[];
  /** By service; one that wants the port of another is given one here, and keeps it in the runs after this. */
  readonly ports: Map<string, number>;
  /** Without one the program runs with telemetry switched off. */
  readonly receiverUrl?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readyMs: number;
  readonly requestMs: number;
  readonly stopMs: number;
  /** Resolves when the work that the requests began is done: programs are stopped after it. Default: at once. */
  /** The same for a command of the scenario: the next step follows when its work is done. */
  readonly isWorked?: (step: Exchange, before: readonly Exchange[]) => Promise<void>;
  readonly isDone?: (exchanges: readonly Exchange[]) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface ServiceRun {
  readonly name: string;
  readonly port: number | undefined;
  /** Every port on which it listened, in that order. */
  readonly ports: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: Exit;
  /** The command lines of its Node processes, without `node`. */
  readonly ran: readonly (readonly string[])[];
  /** The version of Node.js that ran it. */
  readonly node?: string;
}

/** A request that was sent alone and then together with others. */
export interface Beside {
  readonly alone: Exchange;
  readonly together: Exchange;
  /** Of the round before, which only opens connections and fills caches. */
  readonly warm: Exchange;
}

export interface Run {
  readonly services: readonly ServiceRun[];
  readonly exchanges: readonly Exchange[];
  /** The same requests once more, all of a scenario at once: `parallel`. */
  readonly beside: readonly Beside[];
  readonly notes: readonly string[];
}

/** Takes a free port; it stays taken until `release`, so that no other service is given the same one. */
async function takePort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, resolve);
  });
  const address = server.address();
  const release = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: typeof address === 'object' && address !== null ? address.port : 0, release };
}

/** One port per service, the same for every run that is compared. */
export async function choosePorts(services: readonly ServiceSetup[]): Promise<Map<string, number>> {
  const fixed = services.flatMap(({ name, port }) => (port === undefined ? [] : [[name, port] as const]));
  const free = services.filter(({ port, choosePort }) => port === undefined && choosePort);
  const taken = await Promise.all(free.map(async ({ name }) => ({ name, ...(await takePort()) })));
  await Promise.all(taken.map(({ release }) => release()));
  return new Map([...fixed, ...taken.map(({ name, port }) => [name, port] as const)]);
}

function start(options: RunOptions, service: ServiceSetup, probes: ProbeServer): Program {
  const port = options.ports.get(service.name);
  return startProgram(
    {
      service: service.name,
      command: service.command,
      cwd: join(options.root, service.dir),
      env: withProgramName(programEnvironment(service, options.ports, options.receiverUrl, options.env), service.name),
      ...(port === undefined ? {} : { port }),
      unasked: !options.scenarios.some(({ requests }) =>
        requests.some((request) => request.service === service.name && !request.isCommand),
      ),
      ...(service.readyOutput === undefined ? {} : { readyOutput: new RegExp(service.readyOutput) }),
    },
    probes,
  );
}

async function send(scenario: string, request: RequestSetup, options: RunOptions, programs: readonly Program[]): Promise<Exchange> {
  if (options.signal?.aborted) throw new TracewrightError('TW3011', scenario);
  const program = programs.find(({ service }) => service === request.service);
  const endpoint = (await program?.endpoint(2_000)) ?? { host: '127.0.0.1', port: options.ports.get(request.service) ?? 0, tls: false };
  const { requestMs: timeoutMs, signal } = options;
  return sendRequest(scenario, request, endpoint, { timeoutMs, ...(signal ? { signal } : {}) });
}

/** A command of the scenario has the folder and the environment of the service that it gives work. */
async function take(
  scenario: string,
  request: RequestSetup,
  options: RunOptions,
  programs: readonly Program[],
  before: readonly Exchange[],
): Promise<Exchange> {
  const service = options.services.find(({ name }) => name === request.service);
  if (!request.isCommand || service === undefined) return send(scenario, request, options, programs);
  const { isWorked, signal } = options;
  return runStep(
    scenario,
    request,
    programs.find((program) => program.service === request.service),
    {
      cwd: join(options.root, service.dir),
      env: programEnvironment(service, options.ports, options.receiverUrl, options.env),
      timeoutMs: options.requestMs,
      ...(isWorked && { isWorked: (step: Exchange) => isWorked(step, before) }),
      ...(signal && { signal }),
    },
  );
}

async function drive(options: RunOptions, programs: readonly Program[]): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const { name, requests } of options.scenarios)
    for (const request of requests) {
      const own = exchanges.filter((each) => each.request.service === request.service).slice(-silent);
      const isSilent = own.length === silent && own.every(({ timedOut }) => timedOut);
      exchanges.push(isSilent ? unasked(name, request) : await take(name, request, options, programs, exchanges));
    }
  return exchanges;
}

/** A program that left so many requests in a row without an answer is not asked any more: each takes the whole time. */
const silent = 2;

function unasked(scenario: string, request: RequestSetup): Exchange {
  const error = `not asked, because the ${silent} requests before it got no answer`;
  return { scenario, request, label: requestLabel(request), traceId: '', callerId: '', error, timedOut: true, sentMs: 0, endedMs: 0 };
}

/** Sends what was answered again, all requests of a scenario at once, twice: the first time opens connections and fills caches. */
async function driveBeside(options: RunOptions, programs: readonly Program[], exchanges: readonly Exchange[]): Promise<Beside[]> {
  const found: Beside[] = [];
  for (const { name } of options.scenarios.filter(({ parallel }) => parallel)) {
    const own = exchanges.filter(({ scenario, error, request }) => scenario === name && error === undefined && !request.isCommand);
    if (own.length < 2) continue;
    const round = (): Promise<Exchange[]> => Promise.all(own.map(({ request }) => send(name, request, options, programs)));
    const warm = await round();
    const together = await round();
    for (const [index, alone] of own.entries()) {
      const [first, second] = [warm[index], together[index]];
      if (first && second) found.push({ alone, together: second, warm: first });
    }
  }
  return found;
}

async function stopAll(options: RunOptions, programs: readonly Program[], exchanges: readonly Exchange[]): Promise<ServiceRun[]> {
  return Promise.all(
    programs.map(async (program) => {
      const port = (await program.endpoint(0))?.port;
      const failing = exchanges.some(({ request, error }) => request.service === program.service && error !== undefined);
      const exit = await program.stop(options.stopMs, failing);
      const node = program.node();
      const said = { stdout: program.stdout(), stderr: program.stderr() };
      return { name: program.service, port, ports: program.ports(), ran: program.ran(), ...said, exit, ...(node && { node }) };
    }),
  );
}

async function startAll(options: RunOptions, probes: ProbeServer, programs: Program[]): Promise<readonly string[]> {
  for (const service of options.services) {
    options.onProgress(`Starting ${service.name}: ${service.command}`);
    programs.push(start(options, service, probes));
  }
  const first = [...programs];
  const notes = await Promise.all(
    first.map(async (program, index) => {
      try {
        await program.ready(options.readyMs, options.signal);
        return [];
      } catch (error) {
        return await startElsewhere(options, probes, programs, index, error);
      }
    }),
  );
  return notes.flat();
}

/** Services that never ran side by side may have the same default port: whoever comes second is told another one in PORT. */
async function startElsewhere(
  options: RunOptions,
  probes: ProbeServer,
  programs: Program[],
  index: number,
  error: unknown,
): Promise<readonly string[]> {
  const [service, program] = [options.services[index], programs[index]];
  const wanted = program && portInUse(program.stderr() || program.stdout());
  if (!service || wanted === undefined || options.ports.has(service.name)) throw error;
  const endpoints = await Promise.all(programs.map(async (other) => ({ name: other.service, port: (await other.endpoint(0))?.port })));
  const holder = endpoints.find(({ name, port }) => port === wanted && name !== service.name);
  if (holder === undefined) throw error;
  const { port, release } = await takePort();
  await release();
  options.ports.set(service.name, port);
  const again = start(options, service, probes);
  programs[index] = again;
  await again.ready(options.readyMs, options.signal);
  return [`${service.name} and ${holder.name} both want port ${wanted}, so ${service.name} was given another one in PORT.`];
}

/**
 * Starts every service, sends the scenarios' requests one after the other, then stops the services.
 *
 *   start -> ready (it listens) -> requests -> expected spans -> SIGTERM -> its own flush and end -> everything it exported has arrived
 *
 * Whatever happens, nothing it started is left running.
 */
export async function runScenarios(options: RunOptions): Promise<Run> {
  const probes = await startProbeServer();
  const programs: Program[] = [];
  const kill = (): void => {
    for (const program of programs) program.kill();
  };
  options.signal?.addEventListener('abort', kill);
  try {
    const notes = await startAll(options, probes, programs);
    options.onProgress(`Sending ${options.scenarios.reduce((sum, { requests }) => sum + requests.length, 0)} requests`);
    const exchanges = await drive(options, programs);
    await options.isDone?.(exchanges);
    const beside = await driveBeside(options, programs, exchanges);
    options.onProgress('Stopping and collecting spans');
    const services = await stopAll(options, programs, exchanges);
    if (options.signal?.aborted) throw new TracewrightError('TW3011', options.services.map(({ name }) => name).join(', '));
    return { services, exchanges, beside, notes };
  } catch (error) {
    kill();
    await Promise.all(programs.map((program) => program.stop(0)));
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', kill);
    await probes.close();
  }
}
