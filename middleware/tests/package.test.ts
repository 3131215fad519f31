import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, list } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packMiddleware } from '../../scripts/assets.ts';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');
let folder: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-package-'));
  tarball = packMiddleware(ROOT, folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string = folder): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error instanceof Error && 'stdout' in error ? `${error.stdout}` : String(error), { cause: error });
  }
}

describe('the packed middleware', () => {
  it('is the same bytes each time, with fixed times and modes', async () => {
    const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
    const again = packMiddleware(ROOT, join(folder, 'again'));
    expect(digest(again)).toBe(digest(tarball));
    const entries: string[] = [];
    await list({ file: tarball, onReadEntry: (entry) => entries.push(`${entry.mode?.toString(8)} ${entry.mtime?.toISOString()}`) });
    expect(entries.length).toBeGreaterThan(40);
    expect(new Set(entries)).toEqual(new Set(['644 2020-01-01T00:00:00.000Z']));
  });

  it('carries neither scripts nor development dependencies', async () => {
    await extract({ file: tarball, cwd: folder });
    const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
    expect(manifest['devDependencies']).toBeUndefined();
  });

  it('can be bundled with the packages of one SDK line, and then runs', async () => {
    const user = join(folder, 'bundled');
    mkdirSync(join(user, 'node_modules/@tracewright'), { recursive: true });
    await extract({ file: tarball, cwd: join(user, 'node_modules/@tracewright') });
    symlinkSync(join(user, 'node_modules/@tracewright/package'), join(user, 'node_modules/@tracewright/middleware'));
    symlinkSync(join(ROOT, 'node_modules/@opentelemetry'), join(user, 'node_modules/@opentelemetry'));
    const lines = ['register', 'express', 'logs', 'shutdown'].map((part) => `export * from '@tracewright/middleware/${part}';`);
    const start = "import { register } from '@tracewright/middleware/register';\nregister({ serviceName: 'bundled' });";
    writeFileSync(join(user, 'entry.ts'), `${lines.join('\n')}\n${start}\n`);
    const flags = ['--bundle', '--platform=node', '--outfile=bundle.cjs', '--log-level=error'];
    run(join(BIN, 'esbuild'), ['entry.ts', ...flags], user);
    const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    const { stderr } = spawnSync(process.execPath, [join(user, 'bundle.cjs')], { cwd: tmpdir(), env, encoding: 'utf8' });
    expect(stderr).toMatch(/^tracewright: bundled: http, undici \| traces -> [^\n]*\n$/);
  });

  it('passes publint', () => {
    expect(run(join(BIN, 'publint'), ['run', '--strict', tarball])).toContain('All good');
  });

  it('passes attw for every resolution mode', () => {
    expect(run(join(BIN, 'attw'), [tarball, '--format', 'ascii', '--no-emoji'])).toContain('No problems found');
  });
});

const USER = `
import { register, shutdown } from '@tracewright/middleware/register';
import { traceHttp } from '@tracewright/middleware/http';
import { mountPath, traceExpress } from '@tracewright/middleware/express';
import { bridgeConsole, logRequests } from '@tracewright/middleware/logs';
import { flushAndExit } from '@tracewright/middleware/shutdown';
import { bindContext, extract, inject, traced, withCarrier } from '@tracewright/middleware';
import { createServer } from 'http';

register({ serviceName: 'typed', instrumentations: [{}] });
bridgeConsole();
logRequests();
type Handler = (req: { path: string }, res: { locals: object }, next: (error?: Error | 'router') => void) => void;
const handlers: Handler[] = [traceExpress(), mountPath('/t/:tenant')];
createServer(traceHttp((req, res) => res.end(req.url), { routes: ['/'] }));
createServer(traceHttp((_req, res) => { res.end(handlers.length); }));
const add = traced('add', (a: number, b: number) => a + b, { kind: 'consumer', links: [{}], attributes: (a) => ({ a: a.toFixed() }) });
const sum: number = add(1, 2);
const headers: { [key: string]: string } = inject();
const text: string = withCarrier(headers, () => String(sum));
bindContext(() => text)();
extract(headers).getValue(Symbol.iterator);
process.on('SIGTERM', () => flushAndExit(0));
shutdown().then(() => undefined);
`;

describe('the types', () => {
  it.each(['node10', 'node16'])('serve a strict user with %s resolution', async (resolution) => {
    const user = join(folder, `user-${resolution}`);
    mkdirSync(join(user, 'node_modules/@tracewright'), { recursive: true });
    await extract({ file: tarball, cwd: join(user, 'node_modules/@tracewright') });
    symlinkSync(join(user, 'node_modules/@tracewright/package'), join(user, 'node_modules/@tracewright/middleware'));
    symlinkSync(join(ROOT, 'node_modules/@types'), join(user, 'node_modules/@types'));
    symlinkSync(join(ROOT, 'node_modules/@opentelemetry'), join(user, 'node_modules/@opentelemetry'));
    writeFileSync(join(user, 'user.ts'), USER);
    const module = resolution === 'node10' ? 'commonjs' : 'node16';
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--target',
      'es2019',
      '--types',
      'node',
      '--ignoreDeprecations',
      '6.0',
    ];
    expect(run(join(BIN, 'tsc'), [...flags, '--module', module, '--moduleResolution', resolution, 'user.ts'], user)).toBe('');
  });
});
