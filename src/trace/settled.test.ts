import { spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { startReceiver } from './index.ts';

const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'x', kind: 2, startTimeUnixNano: '1', endTimeUnixNano: '2' };
const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: 's' }, spans: [span] }] }] });

/** Writes its export and is gone before anybody could answer. */
const program = `const [port, body] = process.argv.slice(1);
const socket = require('net').connect(Number(port), '127.0.0.1', () => {
  socket.write('POST /v1/traces HTTP/1.1\\r\\nhost: x\\r\\ncontent-type: application/json\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body, () => process.exit(0));
});`;

it('settles only when what a program sent right before its end was read', async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  // This process is blocked meanwhile, as on a loaded machine: the kernel holds the connections.
  for (let round = 0; round < 5; round += 1) spawnSync(process.execPath, ['-e', program, new URL(receiver.url).port, body]);
  await receiver.settled();
  expect(receiver.spans).toHaveLength(5);
  expect(receiver.problems).toEqual([]);
});
