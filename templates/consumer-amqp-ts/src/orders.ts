import { randomUUID } from 'node:crypto';
import { type ConsumeMessage, connect } from 'amqplib';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

const queue = 'orders';
/** Answers come back on the channel that asked, without a queue of their own. */
const answers = 'amq.rabbitmq.reply-to';

/** The queue of orders, and the consumer that works on it. */
export interface Orders {
  /** Sends a message and waits for what the consumer found. */
  look(sku: string): Promise<boolean>;
  isConnected(): Promise<boolean>;
  /** Messages that are being worked on end first. */
  close(): Promise<void>;
}

interface Found {
  readonly available?: boolean;
  readonly error?: string;
}

export async function openOrders({ amqpUrl, stockUrl }: Config): Promise<Orders> {
  const connection = await connect(amqpUrl);
  const state = { open: true };
  connection.on('error', (error: Error) => log('error', 'rabbitmq', {}, error));
  // Whoever started the service starts it again: a new connection, with nothing left over from the old one.
  connection.on('close', () => state.open && process.kill(process.pid, 'SIGTERM'));
  const [asking, working] = await Promise.all([connection.createChannel(), connection.createChannel()]);
  const waiting = new Map<string, (found: Found) => void>();
  const underWay = new Set<Promise<void>>();
  await working.assertQueue(queue, { durable: true });
  await working.prefetch(10);

  await asking.consume(answers, (message) => message && waiting.get(message.properties.correlationId)?.(read(message)), { noAck: true });
  const { consumerTag } = await working.consume(queue, async (message) => {
    if (message === null) return;
    const work = answer(message);
    underWay.add(work);
    await work;
    underWay.delete(work);
  });

  /** A message whose work fails is answered, too, and not tried again: its sender is told. */
  async function answer(message: ConsumeMessage): Promise<void> {
    const { correlationId, replyTo } = message.properties;
    const found = await look(message).catch((error: Error): Found => ({ error: error.message }));
    working.sendToQueue(replyTo, Buffer.from(JSON.stringify(found)), { correlationId });
    working.ack(message);
  }

  async function look(message: ConsumeMessage): Promise<Found> {
    const { sku } = read<{ readonly sku: string }>(message);
    const available = await askStock(stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    return { available };
  }

  return {
    async look(sku) {
      const correlationId = randomUUID();
      const found = new Promise<Found>((resolve) => {
        waiting.set(correlationId, resolve);
        setTimeout(() => resolve({ error: 'nobody answered in time' }), 5_000).unref();
      });
      asking.sendToQueue(queue, Buffer.from(JSON.stringify({ sku })), { correlationId, replyTo: answers, expiration: 5_000 });
      const { available, error } = await found.finally(() => waiting.delete(correlationId));
      if (error !== undefined) throw new Error(error);
      return available === true;
    },
    isConnected: async () => state.open,
    async close() {
      state.open = false;
      await working.cancel(consumerTag);
      await Promise.all(underWay);
      await connection.close();
    },
  };
}

function read<T = Found>({ content }: ConsumeMessage): T {
  return JSON.parse(content.toString()) as T;
}
