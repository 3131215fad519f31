import { startReceiver } from '../../src/trace/index.ts';

/** A receiver in a process of its own, so that its memory can be measured. Ends with its input, and then says what it saw. */
const receiver = await startReceiver({ grpcPort: 0, ...JSON.parse(process.argv[2] ?? '{}') });
process.stdout.write(`${JSON.stringify({ url: receiver.url, grpcUrl: receiver.grpcUrl })}\n`);
for await (const _ of process.stdin);
await receiver.settled();
const { spans, drops, problems } = receiver;
const services = new Set(spans.map(({ service }) => service)).size;
process.stdout.write(JSON.stringify({ spans: spans.length, services, drops, problems, peakMb: process.resourceUsage().maxRSS / 1024 }));
await receiver.close();
