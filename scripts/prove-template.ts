import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startRabbitMq } from './start-rabbitmq.ts';
import { startRedis } from './start-redis.ts';

/** What is proven, and with which Node.js. */
export interface Proving {
  /** Of the toolkit, built. */
  readonly root: string;
  readonly id: string;
  /** Empty; the service is written below it. */
  readonly folder: string;
  readonly line: string;
  readonly binary: string;
  /** Scripts of the service that are not run. */
  readonly without?: readonly string[];
}

export interface Proof {
  readonly steps: readonly string[];
  readonly seconds: number;
}

/** Scaffolds a template as a user does, and runs all that its README promises. Throws with what was said at the first step that fails. */
export async function proveTemplate({ root, id, folder, line, binary, without = [] }: Proving): Promise<Proof> {
  const began = performance.now();
  const bin = makeBin(folder, root, binary);
  const broker = await startBroker(id);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, CI: 'true', ...broker?.env };
  const steps: string[] = [];
  const service = join(folder, 'orders');
  const run = (step: string, cwd: string, command: string, ...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, words, { cwd, env, encoding: 'utf8', timeout: 300_000 });
    if (status !== 0) throw new Error(`${id} on Node.js ${line}: ${step} ended with ${status}\n${stdout}\n${stderr}`);
    steps.push(step);
    return stdout;
  };
  try {
    run('new', folder, 'tracewright', 'new', id, 'orders', '--yes', '--node', line);
    const git = (...words: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: service });
    git('add', '-A');
    git('commit', '--quiet', '-m', 'A new service');
    run('npm ci', service, 'npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline');
    const scripts = ['build', 'test', 'check', 'test:traces'].filter((script) => !without.includes(script));
    for (const script of scripts) run(script, service, 'npm', 'run', '--silent', script);
    // By the recommended rules of a linter, whatever the service itself will choose.
    copyFileSync(join(root, 'templates/lint.json'), join(service, 'biome.json'));
    run('lint', service, join(root, 'node_modules/.bin/biome'), 'lint', '--error-on-warnings');
    rmSync(join(service, 'biome.json'));
    refuseEdits(run('plan', service, 'tracewright', 'plan', '.', '--with', 'ci-trace-gate', '--json'));
    const dirty = git('status', '--porcelain');
    if (String(dirty) !== '') throw new Error(`${id}: its own scripts change it\n${dirty}`);
    run('undo', service, 'tracewright', 'undo', '.', '--yes');
    const left = filesBelow(service);
    if (left.length > 0) throw new Error(`${id}: undo leaves ${left.join(', ')}`);
    return { steps, seconds: (performance.now() - began) / 1000 };
  } finally {
    await broker?.stop();
  }
}

/** Files besides those that git, npm and the compiler made. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['.git', 'node_modules', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** What a template needs beside it, for real. */
async function startBroker(
  id: string,
): Promise<{ readonly env: Readonly<Record<string, string>>; readonly stop: () => Promise<void> } | undefined> {
  if (id.includes('bullmq')) {
    const { url, stop } = await startRedis();
    return { env: { REDIS_URL: url }, stop };
  }
  if (!id.includes('amqp')) return undefined;
  const { url, stop } = await startRabbitMq();
  return { env: { AMQP_URL: url }, stop };
}

/** Every codemod finds its work done. */
function refuseEdits(json: string): void {
  const { codemods }: { codemods: readonly { id: string; status: string; edits?: readonly unknown[] }[] } = JSON.parse(json);
  const open = codemods.filter(({ status }) => status === 'applies').map(({ id }) => id);
  if (codemods.length === 0 || open.length > 0) throw new Error(`plan is not satisfied: ${open.join(', ') || 'it holds no codemod'}`);
}

/** A folder for PATH with `tracewright` as its package installs it, and the Node.js to prove on. */
function makeBin(folder: string, root: string, binary: string): string {
  const bin = join(folder, '.bin');
  mkdirSync(bin, { recursive: true });
  const main = join(root, 'dist/src/cli/main.js');
  if (!existsSync(main)) throw new Error('the toolkit is not built');
  writeFileSync(join(bin, 'tracewright'), `#!/bin/sh\nexec "${binary}" "${main}" "$@"\n`);
  chmodSync(join(bin, 'tracewright'), 0o755);
  rmSync(join(bin, 'node'), { force: true });
  symlinkSync(binary, join(bin, 'node'));
  return bin;
}
