import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startReceiver } from '../../src/trace/index.ts';
import { runProgram } from './program.ts';

const cwd = join(import.meta.dirname, 'fixtures/apps');

/** What happens to one request, each time in its own context. */
function eventsOf(path: string, ...between: string[]): string[] {
  return ['request', ...between, 'end', 'close', 'response finish', 'response close'].map((event) => `${path} ${event}: ${path}`);
}

it('runs what comes over a connection in the context of its own request, and nothing else', async () => {
  const receiver = await startReceiver();
  try {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const ended = await runProgram({ cwd, args: ['connections.cjs'], env });
    await receiver.settled();
    const seen: string[] = JSON.parse(ended.stdout);
    const paths = [
      '/first',
      '/second',
      '/kept',
      '/left',
      '/right',
      '/own-emit',
      '/expects',
      '/replaced',
      '/subscribed',
      '/subscribed-again',
    ];
    const posted = ['/second', '/right', '/own-emit'];
    const expected = paths.flatMap((path) => eventsOf(path, ...(posted.includes(path) ? ['data'] : [])));
    const connections = ['upgrade: nothing', 'clientError: nothing', ...Array.from({ length: 8 }, () => 'connection: nothing')];
    expect([...seen].sort()).toEqual([...expected, ...connections].sort());
    const names = receiver.spans.map(({ kind, attributes }) => `${kind} ${attributes['url.path']}`);
    expect(names.sort()).toEqual(paths.map((path) => `SERVER ${path}`).sort());
  } finally {
    await receiver.close();
  }
});

it('forgets the requests of a connection that is never without one', async () => {
  const ended = await runProgram({
    cwd,
    args: ['--expose-gc', 'pipelined.cjs'],
    env: { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
  });
  expect(ended.stdout).toBe('forgotten\n');
});
