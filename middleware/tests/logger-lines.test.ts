import { beforeAll, describe, expect, it } from 'vitest';
import type { Received } from '../../src/trace/index.ts';
import { openApp, spanOf } from './drive.ts';

interface Run {
  readonly lines: string;
  readonly received: Received;
}

async function run(app: string, env: Record<string, string>): Promise<Run> {
  const program = await openApp(app, env);
  await program.get('/pay');
  const lines = (await program.get('/lines')).body;
  return { lines, received: await program.stop() };
}

function withoutStacks(lines: string): string {
  return lines.replaceAll(/"stack":"[^"]*"|\n\s+at .*/g, '');
}

/** What `writeTraceIds` asks for. */
function withoutIds(lines: string): string {
  return withoutStacks(lines.replaceAll(/,?"(?:trace_id|span_id|trace_flags)":"[0-9a-f]*"/g, '').replaceAll('{,', '{'));
}

describe.each([
  ['pino-lines.cjs', '[Redacted]'],
  ['winston-lines.cjs', '****'],
])('%s, whose lines stay as they are', (app, masked) => {
  let plain: Run;
  let traced: Run;

  beforeAll(async () => {
    [plain, traced] = await Promise.all([run(app, {}), run(app, { START: '1', LOUD: '1' })]);
  });

  it('writes what it wrote before, all of it when it says so', () => {
    expect(withoutStacks(traced.lines)).toBe(withoutStacks(plain.lines));
    expect(plain.lines).toContain(masked);
  });

  it('sends each line once, as a record of its request and as it was written', () => {
    const { traceId } = spanOf(traced.received, '/pay');
    const own = traced.received.logs.filter((log) => log.traceId === traceId && log.event === '');
    expect(own.map(({ severity, body, attributes }) => [severity, body, attributes['card'], attributes['exception.type']])).toEqual([
      ['INFO', 'paid 7', masked, undefined],
      ['ERROR', 'low', undefined, 'RangeError'],
    ]);
    expect(own.filter(({ attributes }) => 'trace_id' in attributes)).toEqual([]);
    expect(String(own[1]?.attributes['exception.stacktrace'])).toContain(app);
  });

  it('sends what was written before the program was loaded, and nothing of a level that is off', () => {
    const bodies = traced.received.logs.map(({ body }) => String(body));
    expect(bodies.filter((body) => body === 'before anything')).toHaveLength(1);
    expect(bodies.filter((body) => body === 'not written')).toEqual([]);
  });

  it('writes the ids of the trace into each line of a request when that is asked for, and nothing else', async () => {
    const { lines, received } = await run(app, { START: '1', IDS: '1', LOUD: '1' });
    const { traceId } = spanOf(received, '/pay');
    expect(withoutIds(lines)).toBe(withoutStacks(plain.lines));
    const json = lines.split('\n').filter((line) => /paid|"low"/.test(line) && line.includes('{"'));
    expect(json.length).toBeGreaterThan(0);
    expect(json.map((line) => line.split(traceId).length - 1)).toEqual(json.map(() => 1));
    expect(lines.split('\n').filter((line) => line.includes('before anything') && line.includes('trace_id'))).toEqual([]);
    const own = received.logs.filter((log) => log.traceId === traceId && log.event === '');
    expect(own.flatMap(({ attributes }) => Object.keys(attributes)).filter((key) => /^(trace|span)_/.test(key))).toEqual([]);
  });
});
