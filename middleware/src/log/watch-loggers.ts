import { watchBunyan } from './bunyan';
import { watchNestLogger } from './nest';
import { watchOtherLoggers } from './other-loggers';
import { watchPino } from './pino';
import { watchWinston2 } from './winston';

/** Loggers whose lines no instrumentation sends, or none of those that are there. */
export function watchLoggers(isThere: (name: string) => boolean): void {
  if (!isThere('pino')) watchPino();
  if (!isThere('bunyan')) watchBunyan();
  watchWinston2();
  watchNestLogger();
  watchOtherLoggers();
}
