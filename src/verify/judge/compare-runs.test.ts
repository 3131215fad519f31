import { describe, expect, it } from 'vitest';
import type { Run } from '../run/run-scenarios.ts';
import { compareRuns } from './compare-runs.ts';

function runOf(stdout: string, ports: readonly number[] = []): Run {
  const exit = { code: 0, signal: null, ms: 1, forced: false, early: false, leftBehind: [] };
  return { notes: [], beside: [], exchanges: [], services: [{ name: 'shop', port: undefined, ports, stdout, stderr: '', exit, ran: [] }] };
}

function answerOf(body: string): Run {
  const request = { service: 'shop', method: 'GET', path: '/metrics', headers: {}, expectSpans: [], ignore: [] };
  return {
    notes: [],
    services: [],
    beside: [],
    exchanges: [
      { scenario: 'default', request, label: 'GET /metrics', status: 200, body, traceId: '', callerId: '', sentMs: 0, endedMs: 0 },
    ],
  };
}

function differences(before: string, after: string): unknown[] {
  return compareRuns(runOf(before), runOf(after), { roots: [], scenarios: [], created: ['src/instrumentation.js', 'instrumentation.mjs'] });
}

describe('compareRuns', () => {
  it.each([
    [
      'pino',
      '{"level":30,"time":1690000000001,"pid":386,"hostname":"a1","responseTime":3,"msg":"request completed"}',
      '{"level":30,"time":1790000000002,"pid":32435,"hostname":"b2.local","responseTime":12.5,"msg":"request completed"}',
    ],
    ['pino-pretty', '[10:00:00.001] INFO (386): up', '[11:00:00.001] INFO (32435): up'],
    [
      'bunyan',
      '{"name":"s","hostname":"a","pid":1,"time":"2026-11-22T10:00:00.000Z","v":0}',
      '{"name":"s","hostname":"b","pid":22,"time":"2026-11-23T11:00:00.000Z","v":0}',
    ],
    ['bunyan for a terminal', '[10:00:00.001Z]  INFO: s/386 on vm: up', '[11:00:00.001Z]  INFO: s/32435 on vm: up'],
    [
      'dotenv 17',
      '[dotenv@17.2.3] injecting env (2) from .env -- tip: encrypt with Dotenvx',
      '[dotenv@17.2.3] injecting env (2) from .env -- tip: set custom { path }',
    ],
    ['dotenv 17.4', '◇ injected env (0) from .env // tip: ◈ secrets for agents', '◇ injected env (0) from .env // tip: ⌘ multiple files'],
    ['epoch seconds', '{"ts":1690000000.123}', '{"ts":1790000000.5}'],
    ['morgan dev', 'GET / 200 3.211 ms - 12', 'GET / 200 10.1 ms - 12'],
    ['morgan in colour', '\x1b[0mGET / \x1b[32m200\x1b[0m 3.211 ms', '\x1b[0mGET / \x1b[32m200\x1b[0m 18.4 ms'],
    [
      'a list of frames',
      '["Error: boom","    at a (/srv/a.js:1:2)","    at b (/srv/b.js:1:2)"]',
      '["Error: boom","    at a (/srv/a.js:2:2)"]',
    ],
    ['fastify', '{"reqId":1,"req":{"method":"GET","remotePort":32860}}', '{"reqId":2,"req":{"method":"GET","remotePort":39364}}'],
    ['pino-http in a cluster', '{"req":{"id":2,"url":"/"},"msg":"item"}', '{"req":{"id":1,"url":"/"},"msg":"item"}'],
    [
      'headers in a log',
      '{"headers":{"host":"a","accept":"b"}}',
      '{"headers":{"traceparent":"00-0af7651916cd43dd-b7ad6b71-01","host":"a","accept":"b"}}',
    ],
    ['concurrently', '[web] up', '[web] tracewright: web: http, undici | traces -> http://h/v1/traces | logs -> off\n[web] up'],
    ['two workers', 'a up\nb up\n', 'b up\na up\n'],
    [
      'fields of pino',
      '{"level":30,"name":"s","msg":"item"}',
      '{"level":30,"name":"s","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","trace_flags":"01","msg":"item"}',
    ],
    [
      'fields of winston, sorted',
      '{"level":"info","timestamp":"2026-11-22T10:00:00.000Z"}',
      '{"level":"info","span_id":"b7ad6b7169203331","timestamp":"2026-11-22T10:00:00.000Z","trace_flags":"01","trace_id":"0af7651916cd43dd8448eb211c80319c"}',
    ],
    ['fields first', '{"msg":"item"}', '{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","msg":"item"}'],
    ['fields as text', 'info: item', 'info: item trace_id=0af7651916cd43dd8448eb211c80319c, span_id=b7ad6b7169203331, trace_flags=01'],
    ['fields of bunyan', 'INFO: item', 'INFO: item (trace_id=0af7651916cd43dd8448eb211c80319c, span_id=b7ad6b7169203331, trace_flags=01)'],
    [
      'fields of pino-pretty',
      'INFO: item\n',
      'INFO: item\n    trace_id: "0af7651916cd43dd8448eb211c80319c"\n    span_id: "b7ad6b7169203331"\n',
    ],
    ['morgan json', '{"response-time":"3.211"}', '{"response-time":"10.1"}'],
    [
      'NestJS',
      '\u001b[32m[Nest] 386  - \u001b[39m11/27/2026, 2:25:07 PM \u001b[32m    LOG\u001b[39m up\u001b[38;5;3m +1ms\u001b[39m',
      '\u001b[32m[Nest] 32435  - \u001b[39m11/27/2026, 2:26:08 PM \u001b[32m    LOG\u001b[39m up\u001b[38;5;3m +12ms\u001b[39m',
    ],
    ['Fastify', '{"req":{"remoteAddress":"127.0.0.1","remotePort":60934}}', '{"req":{"remoteAddress":"127.0.0.1","remotePort":58318}}'],
    ['plain words', 'worker pid 386 up', 'worker pid 32435 up'],
    ['babel', 'src/a.js -> dist/a.js\nup', 'src/a.js -> dist/a.js\nsrc/instrumentation.js -> dist/instrumentation.js\nup'],
    ['babel, counting', 'Successfully compiled 13 files with Babel (325ms).', 'Successfully compiled 14 files with Babel (41ms).'],
    ['a stack', 'Error: no\n    at f (/a.js:3:4)\n    at new Promise (<anonymous>)\nup', 'Error: no\n    at f (/a.js:6:4)\nup'],
    [
      'a stack in JSON',
      '{"stack":"Error: no\\n    at /a.js:3:4\\n    at async g (/b.js:1:2)"}',
      '{"stack":"Error: no\\n    at /a.js:6:4"}',
    ],
    [
      'a stack in HTML',
      '<pre>Error: no<br> &nbsp; &nbsp;at f (/a.js:3:4)<br> &nbsp; &nbsp;at Array.map (&lt;anonymous&gt;)</pre>',
      '<pre>Error: no<br> &nbsp; &nbsp;at f (/a.js:6:4)</pre>',
    ],
    ['nodemon', '[nodemon] starting `node server.js`', '[nodemon] starting `node --import=./instrumentation.mjs server.js`'],
    ['npm', '> a@1 start\n> node dist/a.js', '> a@1 start\n> node --import ./instrumentation.mjs dist/a.js'],
    ['NestJS on a slow machine', 'WARN [ModuleTokenFactory] The module "A" is taking 13.5ms to serialize, this may be caused by\nup', 'up'],
    ['pid with a sign', 'pid=386 (pid: 386)', 'pid=7 (pid: 7)'],
  ])('takes what a logger says of process and clock, or a build of our file, as equal: %s', (_name, before, after) => {
    expect(differences(before, after)).toEqual([]);
  });

  it.each([
    ['{"level":30,"pid":1,"msg":"up"}', '{"level":40,"pid":1,"msg":"up"}'],
    ['{"rapid":386}', '{"rapid":387}'],
    ['GET / 200 3.211 ms - 12', 'GET / 500 3.211 ms - 12'],
    ['listening on 3000', 'listening on 3001'],
    ['up\n', 'up\nup\n'],
    ['up\n', 'tracewright: could not start\nup\n'],
    ['', 'instrumentation is on'],
    ['Error: no\n    at f (/a.js:3:4)', 'Error: yes\n    at f (/a.js:3:4)'],
    ['meet at 10', 'meet at 11'],
  ])('still tells %s from %s', (before, after) => {
    expect(differences(before, after)).toMatchObject([{ where: 'shop', what: 'stdout' }]);
  });

  it.each([
    ['http_requests_total{route="/"} 7', 'http_requests_total{route="/"} 9', true],
    ['process_cpu_seconds_total 0.000468', 'process_cpu_seconds_total 1.2e-3 1395066363000', true],
    ['http_requests_total{route="/"} 7', 'http_requests_total{route="/users/7"} 7', false],
  ])('compares which metrics are there, not their values: %s', (before, after, isSame) => {
    const run = (line: string): Run => answerOf(`# TYPE some counter\n${line}\n`);
    expect(compareRuns(run(before), run(after), { roots: [], scenarios: [], created: [] })).toMatchObject(isSame ? [] : [{ what: 'body' }]);
  });

  it.each([
    ['port 40001', 'port 40002', [40_001], [40_002], true],
    ['up on 127.0.0.1:40001 and :40003', 'up on 127.0.0.1:40002 and :40004', [40_001, 40_003], [40_002, 40_004], true],
    ['up on 40001 and 40003', 'up on 40004 and 40002', [40_001, 40_003], [40_002, 40_004], true],
    ['140001 items', '140002 items', [40_001], [40_002], false],
    ['port 3000', 'port 3001', [3000], [3001], false],
    ['port 40001', 'port 40002', [40_001], [40_001], false],
    ['port 40001', 'port 3000', [40_001], [3000], false],
  ])('takes a port that the system chose as equal: %s and %s', (before, after, portsBefore, portsAfter, isSame) => {
    const found = compareRuns(runOf(before, portsBefore), runOf(after, portsAfter), { roots: [], scenarios: [], created: [] });
    expect(found).toMatchObject(isSame ? [] : [{ where: 'shop', what: 'stdout' }]);
  });

  it('takes the folder of a version in a body as equal', () => {
    const run = (root: string): Run => answerOf(`no ${root}/index.html<br> &nbsp; &nbsp;at ${root}/a.js:1:2`);
    const [a, b] = [run('/old'), run('/new')];
    expect(compareRuns(a, b, { roots: ['/old', '/new'], scenarios: [], created: [] })).toEqual([]);
  });
});

describe('what differs between two runs of the version before', () => {
  const options = { roots: [], scenarios: [], created: [] };
  const bodies = (before: string, after: string, again: string): unknown[] =>
    compareRuns(answerOf(before), answerOf(after), options, answerOf(again));
  const lines = (before: string, after: string, again: string): unknown[] =>
    compareRuns(runOf(before), runOf(after), options, runOf(again));

  it('is no difference', () => {
    expect(bodies('{"id":"x1","word":"tea"}', '{"id":"q7","word":"tea"}', '{"id":"b9","word":"tea"}')).toEqual([]);
    expect(lines('job x1 done\nready\n', 'ready\njob q7 done\n', 'job b9 done\nready\n')).toEqual([]);
  });

  it.each([
    ['another word', '{"id":"x1","word":"tea"}', '{"id":"q7","word":"rum"}', '{"id":"b9","word":"tea"}'],
    ['one field more', '{"id":"x1"}', '{"id":"q7","new":1}', '{"id":"b9"}'],
    ['an answer that never varied', 'tea', 'rum', 'tea'],
  ])('hides no %s in a body', (_what, before, after, again) => expect(bodies(before, after, again)).toHaveLength(1));

  it.each([
    ['line less', 'job x1 done\nready\n', 'job q7 done\n', 'job b9 done\nready\n'],
    ['line more', 'job x1 done\n', 'job q7 done\noops\n', 'job b9 done\n'],
    ['other word', 'job x1 done\nready\n', 'job q7 lost\nready\n', 'job b9 done\nready\n'],
  ])('hides no %s in the output', (_what, before, after, again) => expect(lines(before, after, again)).toHaveLength(1));
});
