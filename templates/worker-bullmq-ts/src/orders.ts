import { setTimeout } from 'node:timers/promises';
import { type Job, Queue, QueueEvents, Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

export interface Order {
  readonly sku: string;
}

/** The queue of orders, and the worker that does them. */
export interface Orders {
  /** Queues a job and waits for what the worker found. */
  look(sku: string): Promise<boolean>;
  isConnected(): Promise<boolean>;
  /** Jobs that are being done end first. */
  close(): Promise<void>;
}

export async function openOrders({ redisUrl, stockUrl }: Config): Promise<Orders> {
  // Each job carries its trace: BullMQ's own PRODUCER and CONSUMER spans.
  const options = { connection: { url: redisUrl, maxRetriesPerRequest: null }, telemetry: new BullMQOtel() };
  const queue = new Queue<Order, boolean>('orders', options);
  const events = new QueueEvents('orders', { connection: options.connection });
  const worker = new Worker<Order, boolean>('orders', (job) => work(job, stockUrl), options);
  const report = (error: Error): void => log('error', 'redis', {}, error);
  queue.on('error', report);
  events.on('error', report);
  worker.on('error', report);
  await events.waitUntilReady();
  return {
    async look(sku) {
      const job = await queue.add('look', { sku }, { removeOnComplete: true, removeOnFail: true });
      return job.waitUntilFinished(events, 5_000);
    },
    isConnected: () => Promise.race([queue.count().then(() => true), setTimeout(1_000, false, { ref: false })]).catch(() => false),
    async close() {
      await worker.close();
      await Promise.all([events.close(), queue.close()]);
    },
  };
}

async function work(job: Job<Order>, stockUrl: string): Promise<boolean> {
  const { sku } = job.data;
  const available = await askStock(stockUrl, sku);
  log('info', 'order looked up', { sku, available });
  return available;
}
