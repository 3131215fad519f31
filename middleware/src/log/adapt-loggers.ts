import { findLoaded } from '../frameworks/loaded';
import type { Instrumentation } from '../otel';
import { watchPino } from './pino';
import { noteWritten, watchWinston3 } from './winston-3';

type Call = (this: object, ...args: unknown[]) => unknown;
type Patch = () => (original: Call) => Call;

interface LoggerConfig {
  readonly disableLogSending?: boolean;
  readonly logSeverity?: unknown;
  readonly severityMapping?: unknown;
}

interface LoggerInstrumentation extends Instrumentation {
  _getMixinFunction?: () => unknown;
  _getPatchedWrite?: Patch;
  _getPatchedConfigure?: Patch;
}

/**
 * Official instrumentations of loggers put trace ids into lines; the records are ours, made of what is written. The one of pino sends by a
 * stream that makes `flush` answer before anything is flushed; the one of winston sends what transports mask, and nothing on SDK 3. Options
 * about sending leave it to them.
 */
export function readLines(instrumentation: LoggerInstrumentation): void {
  const { instrumentationName, getConfig, setConfig } = instrumentation;
  const isPino = instrumentationName === '@opentelemetry/instrumentation-pino';
  if ((!isPino && instrumentationName !== '@opentelemetry/instrumentation-winston') || !getConfig || !setConfig) return;
  const config = getConfig.call(instrumentation) as LoggerConfig;
  if (config.disableLogSending || config.logSeverity !== undefined || config.severityMapping !== undefined) return;
  setConfig.call(instrumentation, { ...config, disableLogSending: true });
  if (isPino) readPino(instrumentation);
  else readWinston(instrumentation);
}

/** It is asked for a mixin when a logger is made, which is before its first line. */
function readPino(instrumentation: LoggerInstrumentation): void {
  watchPino();
  const mixin = instrumentation._getMixinFunction;
  if (typeof mixin !== 'function') return;
  instrumentation._getMixinFunction = () => {
    findLoaded();
    return mixin.call(instrumentation);
  };
}

/** Each logger is configured when it is made. */
function readWinston(instrumentation: LoggerInstrumentation): void {
  watchWinston3();
  const write = instrumentation._getPatchedWrite;
  if (typeof write === 'function')
    instrumentation._getPatchedWrite = () => {
      const patch = write.call(instrumentation);
      return (original) =>
        patch(function (this: object, ...args) {
          noteWritten(args[0]);
          return Reflect.apply(original, this, args);
        });
    };
  instrumentation._getPatchedConfigure = () => (original) =>
    function configure(this: object, ...args) {
      findLoaded();
      return Reflect.apply(original, this, args);
    };
}
