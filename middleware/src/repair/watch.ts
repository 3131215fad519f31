import { watchThreads } from '../threads/watch';
import { mendBluebird } from './bluebird';
import { mendCallbacks } from './callbacks';
import { mendQueues } from './queues';
import { mendSchedules } from './schedules';
import { mendStale } from './stale';

/** Libraries in which the context of a request is lost, or that of another takes its place. */
export function mendContext(): void {
  mendQueues();
  mendCallbacks();
  mendBluebird();
  mendSchedules();
  mendStale();
  watchThreads();
}
