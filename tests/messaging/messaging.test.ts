import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Broker, hasBroker, startBroker } from './brokers.ts';
import { travel } from './journey.ts';
import { failures, judge } from './judge.ts';
import { groups } from './lines.ts';

const MESSAGES = Number(process.env['MESSAGES'] ?? 1_000);

describe.each(groups)('$broker', ({ broker: name, lines }) => {
  let broker: Broker | undefined;
  beforeAll(async () => {
    if (hasBroker(name)) broker = await startBroker(name);
    // biome-ignore lint/suspicious/noConsole: what was left out is said
    else console.warn(`${name} is not installed: its libraries were left out`);
  });
  afterAll(() => broker?.stop());

  it.each(lines)('$title: every message is one trace from its request to its consumer', async (line) => {
    if (broker === undefined) return;
    const messages = Math.min(MESSAGES, line.most ?? MESSAGES);
    const travelled = await travel({ ...line, broker: broker.url, messages });
    const { right, lost, mixed, doubled, chains } = judge(travelled, messages);
    expect({ right, lost, mixed, doubled }, travelled.stderr).toEqual({ right: messages, lost: [], mixed: [], doubled: [] });
    expect(Object.keys(chains).sort()).toEqual([...line.chains].sort());

    const { spans } = travelled;
    const failed = failures(spans);
    expect(failed.map(({ message }) => message).sort()).toEqual(expectedFailures(line.fail));
    // The next try is a sibling, under the same producer.
    for (const { span } of failed) {
      const tries = spans.filter(({ kind, parentSpanId }) => kind === 'CONSUMER' && parentSpanId === span.parentSpanId);
      expect(tries.map(({ status }) => status).sort()).toEqual(['ERROR', 'UNSET']);
    }
    const [consumer] = spans.filter(({ kind }) => kind === 'CONSUMER');
    if (line.instrument === undefined)
      expect(consumer?.attributes).toMatchObject({ 'messaging.destination.name': 'numbers', 'messaging.system': line.system });
  });

  it.each(lines.filter(({ isNewest }) => isNewest))('$title: a consumer sees what it saw before', async (line) => {
    if (broker === undefined) return;
    const journey = { ...line, broker: broker.url, messages: 1, fail: 0 };
    const plain = gotIn(await travel({ ...journey, env: { ...line.env, PLAIN: '1' } }));
    expect(plain.length).toBe(1);
    expect(gotIn(await travel(journey))).toEqual(plain);
  });
});

it('a worker that gets SIGTERM in mid-run sends the spans of every job that it has finished', async () => {
  if (!hasBroker('redis')) return;
  const broker = await startBroker('redis');
  try {
    const travelled = await travel({ library: 'bullmq', packages: ['bullmq@5.81.5'], broker: broker.url, messages: 300, stopAfter: 100 });
    const completed = [...travelled.stdout.matchAll(/^completed (\d+)$/gm)].map(([, n]) => Number(n));
    expect(completed.length).toBeGreaterThan(50);
    expect(completed.length).toBeLessThan(300);
    const { right, lost, mixed, doubled } = judge(travelled, 300);
    expect({ mixed, doubled, lost: lost.filter((n) => completed.includes(n)) }).toEqual({ mixed: [], doubled: [], lost: [] });
    expect(right).toBeGreaterThanOrEqual(completed.length);
    const ended = travelled.spans.filter(({ kind }) => kind === 'CONSUMER').length;
    expect(ended).toBeGreaterThanOrEqual(completed.length);
  } finally {
    await broker.stop();
  }
});

function expectedFailures(every: number | undefined): readonly string[] {
  if (every === undefined) return [];
  return Array.from({ length: Math.floor(MESSAGES / every) }, (_, at) => `no luck with ${(at + 1) * every}`).sort();
}

function gotIn({ stdout }: { readonly stdout: string }): readonly string[] {
  return stdout.split('\n').filter((each) => each.startsWith('got '));
}
