import { describe, expect, it } from 'vitest';
import { openApp, spanOf } from './drive.ts';

describe('what nobody handles', () => {
  it.each([
    ['/rejects', 'tracewright.uncaught', 'nobody waits'],
    ['/throws', 'tracewright.uncaught', 'nobody catches'],
  ])('%s is logged in the trace of its request, and the program ends as it would have', async (path, event, message) => {
    const app = await openApp('unhandled.cjs');
    await app.get(path);
    const { code } = await app.program.ended();
    const received = await app.stop();
    const record = received.logs.find((each) => each.event === event);
    expect([code, record?.body, record?.traceId]).toEqual([1, message, spanOf(received, path).traceId]);
    expect(received.stderr).toContain(message);
  });

  it('is logged as well where the program listens, and goes on', async () => {
    const app = await openApp('unhandled.cjs', { LISTENS: '1' });
    await app.get('/rejects');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await app.get('/more')).status).toBe(200);
    const received = await app.stop();
    const records = received.logs.filter((each) => each.event === 'tracewright.unhandled_rejection');
    expect(records.map(({ body, traceId }) => [body, traceId])).toEqual([['nobody waits', spanOf(received, '/rejects').traceId]]);
    expect([received.stdout.includes('heard nobody waits'), received.signal]).toEqual([true, 'SIGTERM']);
  });
});
