import { watchBeeQueue } from './bee-queue';
import { watchBull } from './bull';
import { watchBullMq } from './bullmq';
import { watchGraphileWorker } from './graphile-worker';
import { watchMqtt } from './mqtt';
import { watchNats } from './nats';
import { watchPgBoss } from './pg-boss';

const libraries: Readonly<Record<string, () => void>> = {
  'bee-queue': watchBeeQueue,
  bull: watchBull,
  bullmq: watchBullMq,
  'graphile-worker': watchGraphileWorker,
  mqtt: watchMqtt,
  nats: watchNats,
  'pg-boss': watchPgBoss,
};

/** Queues and brokers whose messages carry their trace without a line in the program. `isLeft`: switched off, or traced by somebody else. */
export function watchMessaging(isLeft: (name: string) => boolean): void {
  for (const name of Object.keys(libraries)) {
    const watch = libraries[name];
    if (watch !== undefined && !isLeft(name)) watch();
  }
}
