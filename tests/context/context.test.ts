import { afterAll, describe, expect, it } from 'vitest';
import { type Broker, type BrokerName, hasBroker, startBroker } from '../messaging/brokers.ts';
import { type Asked, ask } from './ask.ts';
import { elsewhere, type Row, rows, stale } from './rows.ts';

const brokers = new Map<BrokerName, Promise<Broker>>();
afterAll(async () => {
  for (const broker of brokers.values()) await (await broker).stop();
});

async function run(row: Row, side: number, env: Record<string, string> = {}): Promise<Asked | undefined> {
  if (row.broker === undefined) return ask(row, undefined, side, { ...row.env, ...env });
  // biome-ignore lint/suspicious/noConsole: what was left out is said
  if (!hasBroker(row.broker)) return void console.warn(`${row.broker} is not installed: ${row.name} was left out`);
  const broker = brokers.get(row.broker) ?? startBroker(row.broker);
  brokers.set(row.broker, broker);
  return ask(row, (await broker).url, side, env);
}

const unmended = { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'context' };

describe.each(rows)('$packages.0 $name', (row) => {
  it.each([1, 20])('calls out in the trace of its own request, %i at once', async (side) => {
    const asked = await run(row, side);
    if (asked !== undefined) expect({ wrong: asked.wrong, stderr: linesOf(asked.stderr) }).toEqual({ wrong: [], stderr: [''] });
  });

  it.runIf(row.isRight !== true)('did not before', async () => {
    const asked = await run(row, 20, unmended);
    if (asked !== undefined) expect(asked.wrong.length).toBeGreaterThan(0);
  });
});

describe.each(stale)('$packages.0 $name', (row) => {
  it('begins a trace for what comes unasked, or none', async () => {
    const asked = await run(row, 1);
    if (asked === undefined) return;
    expect(asked.heard.length, asked.stderr).toBeGreaterThan(2);
    expect(asked.heard.filter(({ traceId }) => asked.requests.includes(traceId))).toEqual([]);
  });

  it('was in the trace of a request before', async () => {
    const asked = await run(row, 1, unmended);
    if (asked !== undefined) expect(asked.heard.filter(({ traceId }) => asked.requests.includes(traceId)).length).toBeGreaterThan(0);
  });
});

describe.each(elsewhere.filter(({ isLong }) => isLong !== true || process.env['CONTEXT_ALL'] === '1'))(
  '$packages.0 $name $env.TYPE',
  (row) => {
    it('calls out in the trace of its own request', async () => {
      const asked = await run(row, row.side ?? 20);
      if (asked !== undefined) expect({ wrong: asked.wrong, stderr: linesOf(asked.stderr) }).toEqual({ wrong: [], stderr: [''] });
    });
  },
);

it('did not before, across a thread and a process', async () => {
  for (const name of ['worker-reply', 'fork-reply', 'message-channel']) {
    const asked = await run({ name, packages: ['bluebird@3.7.2'] }, 20, unmended);
    expect(asked?.wrong.length, name).toBeGreaterThan(0);
  }
});

/** Without the start line, and what the server of mysql2 says of itself. */
function linesOf(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .slice(1)
    .filter((line) => !line.startsWith('Warning: got packets out of order'));
}
