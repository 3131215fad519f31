import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { type ProbeServer, startProbeServer } from './probe-server.ts';
import { type Program, startProgram } from './program.ts';

const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
const server = "require('http').createServer((q, r) => r.end()).listen(0)";

async function launch(
  files: Record<string, string>,
  command: string,
  readyOutput?: RegExp,
): Promise<{ program: Program; probes: ProbeServer }> {
  const cwd = makeRepo(files);
  const probes = await startProbeServer();
  const program = startProgram({ service: 'x', command, cwd, env, ...(readyOutput ? { readyOutput } : {}) }, probes);
  onTestFinished(async () => {
    program.kill();
    await probes.close();
  });
  await program.ready(20_000);
  return { program, probes };
}

describe('startProgram', () => {
  it('signals the Node process behind npm and a shell, and tells its own exit code', async () => {
    const script = `${server}; process.on('SIGTERM', () => process.exit(5))`;
    const { program } = await launch(
      { 'a.js': script, 'package.json': '{"scripts":{"start":"echo hi && node a.js; true"}}' },
      'npm start --silent',
    );
    expect(await program.stop(5_000)).toMatchObject({ code: 5, signal: null, early: false, leftBehind: [] });
    expect(program.stdout()).toBe('hi\n');
  });

  it('knows the port of an ES module with a port of its own', async () => {
    const { program } = await launch(
      { 'a.mjs': "import { createServer } from 'node:http'; createServer().listen(0, () => console.log('up'))" },
      'node a.mjs',
    );
    expect((await program.endpoint(0))?.port).toBeGreaterThan(0);
    expect(await program.stop(5_000)).toMatchObject({ code: null, signal: 'SIGTERM', early: false });
  });

  it('prefers the HTTP server over other servers', async () => {
    const script = `require('net').createServer().listen(0, () => require('http').createServer(() => {}).listen(0, () => console.log('up')))`;
    const { program, probes } = await launch({ 'a.js': script }, 'node a.js');
    const ports = probes.processes('x').flatMap((process) => process.ports);
    expect(ports.map(({ http }) => http)).toEqual([false, true]);
    expect(await program.endpoint(0)).toEqual(ports[1]);
  });

  it('signals the primary of a cluster, not a worker', async () => {
    const script = `const cluster = require('cluster');
if (cluster.isPrimary) { cluster.fork(); process.on('SIGTERM', () => { console.log('primary'); for (const id in cluster.workers) cluster.workers[id].kill(); process.exit(3); }); }
else ${server};`;
    const { program } = await launch({ 'a.js': script }, 'node a.js');
    expect(await program.stop(5_000)).toMatchObject({ code: 3, early: false });
    expect(program.stdout()).toBe('primary\n');
  });

  it('ends a watcher that outlives the program it started', async () => {
    const watcher = "require('child_process').spawn(process.execPath, ['a.js'], { stdio: 'inherit' }); setInterval(() => {}, 1e6)";
    const { program } = await launch({ 'a.js': server, 'watch.js': watcher }, 'node watch.js');
    expect(await program.stop(5_000)).toMatchObject({ signal: 'SIGTERM', forced: false, leftBehind: [] });
  });

  it('takes a line of output for ready, when told', async () => {
    const { program } = await launch({ 'a.js': "console.error('worker ready'); setInterval(() => {}, 1e6)" }, 'node a.js', /worker ready/);
    expect(await program.endpoint(0)).toBeUndefined();
    expect(await program.stop(5_000)).toMatchObject({ signal: 'SIGTERM', early: false });
  });

  it('keeps NODE_OPTIONS of the caller', async () => {
    const cwd = makeRepo({ 'first.js': "console.log('first')", 'a.js': server });
    const probes = await startProbeServer();
    const program = startProgram(
      { service: 'x', command: 'node a.js', cwd, env: { ...env, NODE_OPTIONS: `--require ${join(cwd, 'first.js')}` } },
      probes,
    );
    await program.ready(20_000);
    await program.stop(5_000);
    await probes.close();
    expect(program.stdout()).toBe('first\n');
  });

  it('sees a program whose launch sets NODE_OPTIONS itself', async () => {
    const start = 'NODE_OPTIONS=--max-old-space-size=300 node a.js';
    const { program } = await launch({ 'a.js': server, 'package.json': JSON.stringify({ scripts: { start } }) }, 'npm start --silent');
    expect((await program.endpoint(0))?.port).toBeGreaterThan(0);
    expect(await program.stop(5_000)).toMatchObject({ signal: 'SIGTERM', early: false });
  });

  it('reaches a server that listens on one address only, and one with TLS', async () => {
    const { program } = await launch({ 'a.js': "require('https').createServer(() => {}).listen(0, '::1')" }, 'node a.js');
    expect(await program.endpoint(0)).toMatchObject({ host: '::1', http: true, tls: true });
  });
});
