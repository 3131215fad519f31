import { findLoaded } from '../frameworks/loaded';
import type { Instrumentation } from '../otel';
import { watchPino } from './pino';
import { noteWritten, watchWinston3 } from './winston-3';

type Call = (this: object, ...args: unknown[]) => unknown;
type Patch = () => (original: Call) => Call;

interface LoggerConfig {
  readonly disableLogSending?: boolean;
  readonly disableLogCorrelation?: boolean;
  readonly logKeys?: unknown;
  readonly logHook?: unknown;
  readonly logSeverity?: unknown;
  readonly severityMapping?: unknown;
}

interface LoggerInstrumentation extends Instrumentation {
  _getMixinFunction?: () => unknown;
  _getPatchedWrite?: Patch;
  _getPatchedConfigure?: Patch;
}

const quiet: LoggerInstrumentation[] = [];

/**
 * What loggers write stays as it is: official instrumentations put trace ids into lines only when `writeTraceIds` asks for it, or options about
 * them do. The records are ours, made of what is written: the one of pino sends by a stream that makes `flush` answer before anything is
 * flushed; the one of winston sends what transports mask, and nothing on SDK 3. Options about sending leave it to them.
 */
export function readLines(instrumentation: LoggerInstrumentation): void {
  const [, name] = /^@opentelemetry\/instrumentation-(pino|winston|bunyan)$/.exec(instrumentation.instrumentationName || '') || [];
  const { getConfig, setConfig } = instrumentation;
  if (name === undefined || !getConfig || !setConfig) return;
  keepLines(instrumentation);
  const config = getConfig.call(instrumentation) as LoggerConfig;
  if (name === 'bunyan' || config.disableLogSending || config.logSeverity !== undefined || config.severityMapping !== undefined) return;
  setConfig.call(instrumentation, { ...config, disableLogSending: true });
  if (name === 'pino') readPino(instrumentation);
  else readWinston(instrumentation);
}

/** Whoever names the fields or has a hook for them wants them. */
function keepLines(instrumentation: LoggerInstrumentation): void {
  const config = configOf(instrumentation);
  if (config.logKeys !== undefined || config.logHook !== undefined || config.disableLogCorrelation === true) return;
  quiet.push(instrumentation);
  correlate(instrumentation, false);
}

export function correlateLines(): void {
  for (const instrumentation of quiet) correlate(instrumentation, true);
}

function correlate(instrumentation: LoggerInstrumentation, isOn: boolean): void {
  const { setConfig } = instrumentation;
  if (setConfig) setConfig.call(instrumentation, { ...configOf(instrumentation), disableLogCorrelation: !isOn });
}

function configOf(instrumentation: LoggerInstrumentation): LoggerConfig {
  const { getConfig } = instrumentation;
  return getConfig === undefined ? {} : (getConfig.call(instrumentation) as LoggerConfig);
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
