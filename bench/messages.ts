import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startBroker } from '../tests/messaging/brokers.ts';
import { installPackages, MODULES } from '../tests/messaging/journey.ts';
import { median, type Row } from './table.ts';

const rounds = 5;

interface Measured {
  readonly perSecond: number;
  readonly cpu: number;
}

/** BullMQ jobs a second in one process that adds and works, plain and traced in turn, against a Redis of its own and a collector that takes all. */
export async function benchMessages(): Promise<Row[]> {
  const folder = installPackages(['bullmq@5.81.5']);
  cpSync(join(import.meta.dirname, 'messages'), folder, { recursive: true });
  const redis = await startBroker('redis');
  const collector = createServer((req, res) => req.resume().on('end', () => res.end())).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  const endpoint = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const measured: Record<'plain' | 'traced', Measured[]> = { plain: [], traced: [] };
  for (let round = 0; round < rounds; round++)
    for (const kind of ['plain', 'traced'] as const) measured[kind].push(await measure(folder, kind, redis.url, endpoint));
  await redis.stop();
  collector.close();
  const middle = (kind: 'plain' | 'traced', of: keyof Measured): number => median(measured[kind].map((each) => each[of]));
  return (['plain', 'traced'] as const).map((kind) => ({
    'BullMQ 5': kind,
    'messages/s': Math.round(middle(kind, 'perSecond')),
    ratio: (middle(kind, 'perSecond') / middle('plain', 'perSecond')).toFixed(2),
    'CPU us/message': Math.round(middle(kind, 'cpu')),
  }));
}

async function measure(folder: string, kind: 'plain' | 'traced', redis: string, endpoint: string): Promise<Measured> {
  const child = spawn(process.execPath, ['bullmq.cjs'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_PATH: MODULES,
      PORT: new URL(redis).port,
      MESSAGES: '4000',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      ...(kind === 'plain' && { PLAIN: '1' }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return JSON.parse(text);
}
