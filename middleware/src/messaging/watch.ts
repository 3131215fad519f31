import { findLoadedBefore } from '../process/at-load';
import { watchBeeQueue } from './bee-queue';
import { watchBull } from './bull';
import { watchBullMq } from './bullmq';
import { watchNats } from './nats';

const libraries: Readonly<Record<string, () => void>> = {
  'bee-queue': watchBeeQueue,
  bull: watchBull,
  bullmq: watchBullMq,
  nats: watchNats,
};

/** Queues and brokers whose messages carry their trace without a line in the program. `isLeft`: switched off, or traced by somebody else. */
export function watchMessaging(isLeft: (name: string) => boolean): void {
  for (const name of Object.keys(libraries)) {
    const watch = libraries[name];
    if (watch !== undefined && !isLeft(name)) watch();
  }
  findLoadedBefore();
}
