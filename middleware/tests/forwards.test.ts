import { expect, it } from 'vitest';
import { openApp } from './drive.ts';

const CALLER = '11111111111111111111111111111111';
const headers = { traceparent: `00-${CALLER}-2222222222222222-01`, tracestate: 'vendor=1', baggage: 'tenant=theirs,page=2' };

async function forwarded(env: Record<string, string>): Promise<Record<string, readonly string[]>> {
  const app = await openApp('forwards.cjs', env);
  const answer = await app.get('/', { headers });
  await app.stop();
  if (answer.status !== 200) throw new Error(answer.body);
  return JSON.parse(answer.body);
}

/** `traceparent` in the caller's trace under a span of ours, the state that goes with it, and what it says of baggage. */
function shape(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => line.replace(/(\w+): 00-(\w+)-(\w+)-01/, (_, name, trace, span) => `${name} ${trace === CALLER} ${/^2+$/.test(span)}`))
    .sort();
}

it.each([{}, { BRINGS: 'undici' }])('sends one trace context in place of the one that is passed on (%j)', async (env) => {
  const { 'message frozen': frozen, 'message of buffers': buffers, ...sent } = await forwarded(env);
  for (const [name, lines] of Object.entries(sent)) {
    const merged = 'tenant=ours,user=u,page=2';
    const own = env.BRINGS === 'undici' && /^fetch with/.test(name) ? 'tenant=ours,user=u' : merged;
    const baggage = /own$/.test(name) ? own : 'tenant=theirs,page=2';
    expect([name, shape(lines)]).toEqual([name, [`baggage: ${baggage}`, 'traceparent true false', 'tracestate: vendor=1']]);
  }
  expect(Object.keys(sent)).toHaveLength(16);
  expect(shape(buffers ?? [])).toEqual(['baggage: tenant=theirs,page=2', 'traceparent true false', 'tracestate: vendor=1']);
  expect(frozen).toEqual([`TRACEPARENT: ${headers.traceparent}`]);
});

it.each([{ OTEL_PROPAGATORS: 'none' }, { OTEL_TRACES_EXPORTER: 'none' }, { OTEL_SDK_DISABLED: 'true' }])(
  'leaves what is passed on as it is (%j)',
  async (env) => {
    const sent = await forwarded(env);
    expect([...(sent['http upper case'] ?? [])].sort()).toEqual([
      `BAGGAGE: ${headers.baggage}`,
      `TRACEPARENT: ${headers.traceparent}`,
      `TRACESTATE: ${headers.tracestate}`,
    ]);
    expect([...(sent['fetch object'] ?? [])].sort()).toEqual(
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .sort(),
    );
  },
);
