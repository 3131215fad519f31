import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startReceiver } from '../../src/trace/index.ts';
import { runProgram } from './program.ts';

const ROOT = join(import.meta.dirname, '../..');
const peers = ['api', 'core', 'resources', 'sdk-trace', 'sdk-logs', 'exporter-trace-otlp-proto', 'exporter-logs-otlp-proto'];

/** As Yarn PnP and pnpm without hoisting lay packages out: each reaches what it declares, and nothing else. */
const PROGRAM = `
require('@tracewright/middleware/register').register({ serviceName: 'strict' });
try { require('@opentelemetry/api-logs'); console.log('reached by everybody'); } catch { console.log('out of reach'); }
const { logs } = require('module').createRequire(require.resolve('@opentelemetry/sdk-logs'))('@opentelemetry/api-logs');
logs.getLogger('pino').emit({ body: 'from a library' });
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'tracewright-strict-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@opentelemetry'), { recursive: true });
  for (const part of ['package.json', 'dist', 'register'])
    cpSync(join(ROOT, 'middleware', part), join(modules, '@tracewright/middleware', part), { recursive: true });
  for (const peer of peers) symlinkSync(join(ROOT, 'node_modules/@opentelemetry', peer), join(modules, '@opentelemetry', peer));
  writeFileSync(join(folder, 'program.cjs'), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sends the records of logger libraries where nobody but the logs SDK reaches their API', async () => {
  const receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const ended = await runProgram({ args: ['program.cjs'], cwd: folder, env });
  await receiver.settled();
  await receiver.close();
  expect(ended.stdout).toBe('out of reach\n');
  expect(receiver.logs.map(({ body }) => body)).toContain('from a library');
  expect(ended.stderr).not.toContain('are not sent');
});
