import { connect } from 'node:net';
import { BEHAVIOURS } from '../middleware/tests/hostile/all.ts';
import { type Behaviour, raw } from '../middleware/tests/hostile/behaviour.ts';
import { ENDS, type End, endProgram, startService } from '../middleware/tests/hostile/observe.ts';
import { follow, OK } from '../middleware/tests/hostile/requests.ts';
import type { Program } from '../middleware/tests/program.ts';
import { median, type Row } from './table.ts';

const HOSTILE = [
  'is not there',
  'has a name that nobody knows',
  'never answers',
  'never reads',
  'answers 413 before the body, then destroys',
  'resets in the middle of the body',
  'is busy and wants no wait at all',
  'floods with an endless answer',
  'floods with 103 Early Hints',
  'goes away and comes back ten times a second',
];
const ROUNDS = 3;
const WARM_UP = 100;
const REQUESTS = 500;

interface Variant {
  readonly name: string;
  readonly behaviour: Behaviour | undefined;
  readonly latencies: number[];
  readonly slowest: number[];
  readonly ends: Record<End, number[]>;
}

/** What a request and an end take with collectors of all sorts, beside the program without telemetry; rounds are interleaved. */
export async function benchCollectors(): Promise<Row[]> {
  const friendly = raw('answers at once', (socket) => follow(socket, { whole: () => socket.write(OK) }));
  const hostile = HOSTILE.map(behaviourOf);
  const variants = [undefined, friendly, ...hostile].map(variantOf);
  for (let round = 0; round < ROUNDS; round++) {
    for (const variant of variants) await measure(variant, ENDS[round % ENDS.length] ?? 'signal');
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  const [plain] = variants;
  return variants.map((variant) => rowOf(variant, plain ?? variant));
}

function behaviourOf(does: string): Behaviour {
  const found = BEHAVIOURS.find((one) => one.does === does);
  if (found === undefined) throw new Error(`no collector ${does}`);
  return found;
}

function variantOf(behaviour: Behaviour | undefined): Variant {
  const name = behaviour === undefined ? 'no telemetry' : behaviour.does;
  return { name, behaviour, latencies: [], slowest: [], ends: { signal: [], natural: [], exit: [] } };
}

async function measure(variant: Variant, end: End): Promise<void> {
  const collector = await variant.behaviour?.start();
  const service = startService(collector?.env, { limit: 600_000 });
  try {
    await measureService(service, variant, end);
  } catch (cause) {
    const { code, signal, stderr } = await service.kill('SIGKILL');
    throw new Error(`with a collector that ${variant.name}, ended by ${end}: ${code ?? signal} ${stderr}`, { cause });
  } finally {
    collector?.close();
  }
}

async function measureService(service: Program, { latencies, slowest, ends }: Variant, end: End): Promise<void> {
  const port = await service.port();
  await request(port, WARM_UP);
  const times = (await request(port, REQUESTS)).sort((a, b) => a - b);
  latencies.push(median(times));
  slowest.push(times[Math.floor(times.length * 0.99)] ?? Number.NaN);
  const began = performance.now();
  await endProgram(service, port, end);
  ends[end].push(performance.now() - began);
}

function rowOf({ name, latencies, slowest, ends }: Variant, plain: Variant): Row {
  const ended = (end: End): string => {
    const added = median(ends[end]) - median(plain.ends[end]);
    return `${Math.round(median(ends[end]))} (+${Math.max(0, Math.round(added))})`;
  };
  return {
    'a collector that': name,
    'request us, median': Math.round(median(latencies)),
    ratio: (median(latencies) / median(plain.latencies)).toFixed(2),
    'p99 us': Math.round(median(slowest)),
    'ms to end: SIGTERM': ended('signal'),
    'by itself': ended('natural'),
    'process.exit': ended('exit'),
  };
}

/** One request after the other over one connection; how long each took, in microseconds. */
function request(port: number, count: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const socket = connect(port, '127.0.0.1');
    let began = 0;
    const next = (): void => {
      began = performance.now();
      socket.write(`GET /work/${times.length} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    };
    socket.on('connect', next);
    socket.on('data', (chunk: Buffer) => {
      if (!chunk.toString('latin1').endsWith('\r\n\r\nok')) return;
      times.push((performance.now() - began) * 1000);
      if (times.length < count) next();
      else socket.end();
    });
    socket.on('close', () => resolve(times));
    socket.on('error', reject);
  });
}
