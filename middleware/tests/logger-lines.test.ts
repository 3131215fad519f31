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

/** Trace ids in lines are what the official instrumentation is for. */
function withoutIds(lines: string): string {
  return lines
    .replaceAll(/,?"(?:trace_id|span_id|trace_flags)":"[0-9a-f]*"/g, '')
    .replaceAll('{,', '{')
    .replaceAll(/"stack":"[^"]*"|\n\s+at .*/g, '');
}

describe.each([
  ['pino-lines.cjs', '[Redacted]'],
  ['winston-lines.cjs', '****'],
])('%s, whose instrumentation only puts trace ids into lines', (app, masked) => {
  let plain: Run;
  let traced: Run;

  beforeAll(async () => {
    [plain, traced] = await Promise.all([run(app, {}), run(app, { START: '1', LOUD: '1' })]);
  });

  it('writes what it wrote before, all of it when it says so', () => {
    expect(withoutIds(traced.lines)).toBe(withoutIds(plain.lines));
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
});
