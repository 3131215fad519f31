import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startReceiver } from '../../src/trace/index.ts';
import { environmentOf, type Image, inside } from './stage.ts';

const watch = fileURLToPath(new URL('watch.cjs', import.meta.url));

/** What was seen of a program that the image starts. */
export interface Started {
  /** The first package that it loaded. */
  readonly first: string | undefined;
  /** Its spans of one request for `/`. */
  readonly spans: readonly string[];
}

/** Starts what a container of the image would start, asks it once and ends it; throws when it ends before it listens. */
export async function startImage(image: Image): Promise<Started> {
  const receiver = await startReceiver();
  const facts = join(image.root, '..', 'facts.json');
  const env = environmentOf(image);
  const [command = '', ...words] = wordsOf(image).map((word) => inside(word, image));
  const child = spawn(command, words, {
    cwd: join(image.root, image.workdir),
    env: {
      ...env,
      NODE_OPTIONS: [env['NODE_OPTIONS'] ?? '', `--require ${watch}`].join(' ').trim(),
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      REPLAY_FACTS: facts,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes));
  try {
    const { port, loaded } = await untilListening(child, facts, said);
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await end(child);
    await receiver.settled();
    const packages = loaded.flatMap((file) => file.split('/node_modules/').slice(1).at(-1) ?? []);
    return { first: nameOf(packages[0]), spans: receiver.spans.map(({ kind, name }) => `${kind} ${name}`) };
  } finally {
    await end(child);
    await receiver.close();
  }
}

function wordsOf({ entrypoint, cmd }: Image): readonly string[] {
  if (entrypoint !== undefined && entrypoint.exec === undefined) return ['sh', '-c', entrypoint.rest];
  const own = cmd === undefined ? [] : (cmd.exec ?? ['sh', '-c', cmd.rest]);
  return [...(entrypoint?.exec ?? []), ...own];
}

async function untilListening(child: ChildProcess, facts: string, said: readonly Buffer[]): Promise<{ port: number; loaded: string[] }> {
  for (let tries = 0; tries < 1200; tries++) {
    if (existsSync(facts)) return JSON.parse(readFileSync(facts, 'utf8'));
    if (child.exitCode !== null || child.signalCode !== null) break;
    await wait(50);
  }
  throw new Error(`the program does not listen\n${Buffer.concat(said).toString('utf8').slice(-3000)}`);
}

/** Ends the program and what it started, npm's child too. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
  await closed;
  clearTimeout(late);
}

function nameOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : /^(@[^/]+\/)?[^/]+/.exec(path)?.[0];
}
