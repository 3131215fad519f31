import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { runCommand } from '../run/run-command.ts';
import { programEnvironment } from './environment.ts';
import type { ServiceSetup } from './setup.ts';

function readDependencies(manifest: string): string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    if (typeof value !== 'object' || value === null || !('dependencies' in value)) return [];
    return typeof value.dependencies === 'object' && value.dependencies !== null ? Object.keys(value.dependencies) : [];
  } catch {
    return [];
  }
}

/** Node's own lookup: node_modules of the folder and of every folder above it. */
function isInstalled(folder: string, name: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name))) return true;
    if (at === dirname(at)) return false;
  }
}

function installCommand(folder: string, root: string): string {
  for (const at of [folder, root]) {
    if (existsSync(join(at, 'pnpm-lock.yaml'))) return 'pnpm install';
    if (existsSync(join(at, 'yarn.lock'))) return 'yarn install';
  }
  return 'npm install';
}

/** Verify installs nothing; it says what is missing. Throws TW3002. */
export function checkInstalled(root: string, services: readonly ServiceSetup[]): void {
  for (const { name, dir } of services) {
    const folder = join(root, dir);
    if (existsSync(join(folder, '.pnp.cjs')) || existsSync(join(root, '.pnp.cjs'))) continue;
    const missing = readDependencies(join(folder, 'package.json')).filter((dependency) => !isInstalled(folder, dependency));
    if (missing.length === 0) continue;
    const some = missing.length > 5 ? `${missing.slice(0, 5).join(', ')} and ${missing.length - 5} more` : missing.join(', ');
    throw new TracewrightError('TW3002', `${name} needs ${some}: run \`${installCommand(folder, root)}\`${dir === '' ? '' : ` in ${dir}`}`);
  }
}

export interface BuildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Default 10 minutes. */
  readonly buildMs?: number;
  readonly onProgress: (message: string) => void;
}

/** A build that takes longer watches files, or waits for somebody. */
const buildMs = 10 * 60_000;

/** Runs each service's build command, one after the other. Throws TW3010 with its last lines. */
export async function buildServices(root: string, services: readonly ServiceSetup[], options: BuildOptions): Promise<void> {
  for (const service of services) {
    if (service.build === undefined) continue;
    options.onProgress(`Building ${service.name}: ${service.build}`);
    const mark = `TRACEWRIGHT_BUILD=${randomUUID()}`;
    const [name = '', value = ''] = mark.split('=');
    const { code, signal, stopped, output } = await runCommand([service.build], {
      cwd: join(root, service.dir),
      env: { ...programEnvironment(service, new Map(), undefined, options.env), [name]: value },
      mark,
      output: 'kept',
      stopMs: 1_000,
      timeoutMs: options.buildMs ?? buildMs,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (stopped === 'abort') throw new TracewrightError('TW3011', service.name);
    if (code === 0 && stopped === undefined) continue;
    const how = stopped === 'time' ? 'did not end' : `ended with ${code ?? signal}`;
    const said = output.trimEnd().split('\n').slice(-12).join('\n');
    throw new TracewrightError('TW3010', `${service.name} (\`${service.build}\`) ${how}\n${said}`);
  }
}
