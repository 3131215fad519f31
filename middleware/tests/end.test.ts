import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startReceiver } from '../../src/trace/index.ts';
import { endApp, openApp } from './drive.ts';

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s without a handler: spans arrive, the status is the signal', async (signal) => {
    const app = await openApp('server.cjs');
    await app.get('/last');
    const ended = await app.program.kill(signal);
    await app.receiver.close();
    expect(ended).toMatchObject({ code: null, signal });
    expect(ended.milliseconds).toBeLessThan(1500);
    expect(app.receiver.spans.map((span) => span.attributes['url.path'])).toEqual(['/last']);
    expect(app.receiver.logs.map((log) => log.event)).toEqual(['tracewright.start', 'tracewright.listen', 'tracewright.stop']);
  });

  it.each(['own', 'close', 'counting', 'raising'])('keeps the end of a program whose handler is %s', async (kind) => {
    const ends: unknown[] = [];
    for (const traced of ['0', '1']) {
      const app = await openApp('server.cjs', { SIGNAL: kind, TRACED: traced });
      await app.get('/last');
      const ended = await app.stop();
      ends.push([ended.code, ended.signal, ended.stdout.split('\n').length]);
    }
    expect(ends[1]).toEqual(ends[0]);
  });

  it('delivers the last span through flushAndExit in the handler', async () => {
    const app = await openApp('server.cjs', { SIGNAL: 'flush' });
    await app.get('/last');
    const ended = await app.stop();
    expect([ended.code, ended.signal, ended.spans.length]).toEqual([7, null, 1]);
  });
});

it('delivers the last span of a program that closes its server and raises the signal again', async () => {
  const app = await openApp('server.cjs', { SIGNAL: 'raising' });
  await app.get('/last');
  const ended = await app.stop();
  expect([ended.signal, ended.spans.length, ended.logs.map((log) => log.event).pop()]).toEqual(['SIGTERM', 1, 'tracewright.stop']);
});

it('delivers the last span of a program that calls process.exit itself', async () => {
  const app = await openApp('server.cjs', { SIGNAL: 'own' });
  await app.get('/last');
  const ended = await app.stop();
  expect([ended.code, ended.spans.length, ended.logs.map((log) => log.event).pop()]).toEqual([7, 1, 'tracewright.stop']);
});

describe('without a collector', () => {
  it('answers, prints one line, and ends within 2.5 s when nothing listens', async () => {
    const app = await openApp('server.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_BSP_SCHEDULE_DELAY: '1' });
    expect(await app.get('/')).toEqual({ status: 200, body: 'ok' });
    const ended = await app.stop();
    expect(ended.signal).toBe('SIGTERM');
    expect(ended.milliseconds).toBeLessThan(2500);
    expect(ended.stderr.split('\n')).toHaveLength(2);
  });

  it('ends within 2.5 s when the collector accepts and never answers', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const app = await openApp('server.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    await app.get('/');
    const ended = await app.stop();
    const natural = await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, END: 'code' });
    silent.close();
    expect([ended.signal, natural.code]).toEqual(['SIGTERM', 3]);
    expect(ended.milliseconds).toBeLessThan(2500);
    expect(natural.milliseconds).toBeLessThan(3500);
  });
});

describe.each(['refused', 'silent'])('a natural end after a signal, collector %s', (kind) => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s: at most 2.5 s', async (signal) => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const endpoint = kind === 'refused' ? 'http://127.0.0.1:1' : `http://127.0.0.1:${port}`;
    const app = await openApp('worker.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '20' });
    await app.program.port();
    const ended = await app.program.kill(signal);
    silent.close();
    await app.receiver.close();
    expect([ended.code, ended.signal]).toEqual([0, null]);
    expect(ended.milliseconds).toBeLessThan(kind === 'refused' ? 1000 : 2500);
  });
});

describe('a natural end', () => {
  it.each(['code', 'throw', 'reject', 'exit', 'cleanup'])('keeps exit code and output: %s', async (end) => {
    const before = await endApp('ends.cjs', { END: end, TRACED: '0' });
    const after = await endApp('ends.cjs', { END: end });
    expect([after.code, after.signal, after.stdout]).toEqual([before.code, before.signal, before.stdout]);
    expect(after.spans.map((span) => span.name)).toEqual(['work']);
    if (end === 'throw' || end === 'reject') {
      const fatal = after.logs.find((log) => log.severity === 'FATAL');
      expect(fatal?.attributes).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'unexpected' });
    }
  });
});

describe('more than one start', () => {
  it('works in cluster workers and threads', async () => {
    const ended = await endApp('workers.cjs');
    expect([ended.code, ended.spans.map((span) => span.name).sort()]).toEqual([0, ['primary', 'thread', 'worker']]);
  });

  it('keeps one SDK when the package is loaded twice', async () => {
    const ended = await endApp('twice.cjs');
    expect([ended.code, ended.stderr.split('\n').length, ended.spans.map((span) => span.service)]).toEqual([0, 2, ['first']]);
  });
});

describe('start', () => {
  it('says in one line what is on and where it goes, without credentials', async () => {
    const ended = await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:hunter2@127.0.0.1:1' });
    expect(ended.stderr).toMatch(
      /^tracewright: probe: http, undici \| traces -> http:\/\/REDACTED@127\.0\.0\.1:1\/v1\/traces \| logs -> .*\n$/,
    );
  });

  it.each([
    [{ OTEL_SDK_DISABLED: 'true' }, 'tracewright: disabled by OTEL_SDK_DISABLED\n'],
    [
      { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
      'tracewright: probe: http, undici | traces -> off (OTEL_TRACES_EXPORTER=none) | logs -> off (OTEL_LOGS_EXPORTER=none)\n',
    ],
  ])('can be turned off by %o', async (env, line) => {
    const ended = await endApp('ends.cjs', env);
    expect([ended.stderr, ended.code, ended.spans.length, ended.logs.length]).toEqual([line, 0, 0, 0]);
  });

  it('warns once about a protocol whose exporter is missing', async () => {
    const ended = await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_EXPORTER: 'none' });
    expect(ended.stderr.match(/^.*is not installed.*$/gm)).toEqual([
      'tracewright: @opentelemetry/exporter-logs-otlp-grpc is not installed, logs are not exported (OTEL_EXPORTER_OTLP_PROTOCOL=grpc)',
    ]);
  });

  it.each([{ JEST_WORKER_ID: '1' }, { NODE_TEST_CONTEXT: 'child-v8' }])(
    'stays off in test processes without a destination: %o',
    async (runner) => {
      const receiver = await startReceiver();
      const ended = await endApp('ends.cjs', { ...runner, OTEL_EXPORTER_OTLP_ENDPOINT: '' });
      await receiver.close();
      expect([ended.stderr, ended.code]).toEqual(['', 0]);
    },
  );

  it('reports what was loaded before it', async () => {
    const ended = await endApp('late.cjs');
    const start = ended.logs.find((log) => log.event === 'tracewright.start');
    expect(start?.attributes['tracewright.loaded_first']).toBe(false);
    expect(start?.attributes['tracewright.loaded_before']).toHaveLength(5);
  });

  it('is no later for data that was read before it', async () => {
    const ended = await endApp('json-first.cjs');
    expect(ended.logs.find((log) => log.event === 'tracewright.start')?.attributes['tracewright.loaded_first']).toBe(true);
  });

  it.each([
    ['only prepares', '', true],
    ['loads a library too', '1', false],
  ])('is no later for a file that a flag preloads, when that %s', async (_what, loads, isFirst) => {
    const ended = await endApp('ends.cjs', { NODE_OPTIONS: '--require ./prepares.cjs', LOADS: loads });
    const start = ended.logs.find((log) => log.event === 'tracewright.start');
    expect(start?.attributes['tracewright.loaded_first']).toBe(isFirst);
  });

  it('takes name and attributes from the environment before the option', async () => {
    const attributes = 'deployment.environment.name=test,service.name=from-attributes';
    const one = await endApp('ends.cjs', { OTEL_RESOURCE_ATTRIBUTES: attributes });
    const two = await endApp('ends.cjs', { OTEL_RESOURCE_ATTRIBUTES: attributes, OTEL_SERVICE_NAME: 'from-name' });
    expect([one.spans[0]?.service, two.spans[0]?.service]).toEqual(['from-attributes', 'from-name']);
    expect(one.spans[0]?.resource).toMatchObject({ 'deployment.environment.name': 'test', 'telemetry.sdk.name': 'opentelemetry' });
  });

  it('names the process by a random service.instance.id, unless the environment names it', async () => {
    const random = await Promise.all([endApp('ends.cjs'), endApp('ends.cjs')]);
    const ids = random.map((ended) => String(ended.spans[0]?.resource['service.instance.id']));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const named = await endApp('ends.cjs', { OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-1' });
    expect(named.spans[0]?.resource['service.instance.id']).toBe('pod-1');
  });

  it('tells the programs of one package apart by the file that runs, and keeps the words after it to itself', async () => {
    const attributes = 'process.command=elsewhere';
    const [own, named] = await Promise.all([endApp('ends.cjs'), endApp('ends.cjs', { OTEL_RESOURCE_ATTRIBUTES: attributes })]);
    expect(own.spans[0]?.resource['process.command']).toMatch(/\/ends\.cjs$/);
    expect(own.spans[0]?.resource).not.toHaveProperty('process.command_args');
    expect(named.spans[0]?.resource['process.command']).toBe('elsewhere');
  });

  it('samples as asked', async () => {
    const ended = await endApp('ends.cjs', { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
    expect(ended.spans).toEqual([]);
  });
});
