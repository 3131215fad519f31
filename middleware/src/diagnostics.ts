import { DiagLogLevel, diag } from '@opentelemetry/api';
import { format } from 'util';
import { readText } from './environment';

const LEVELS: Record<string, DiagLogLevel> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

/** Diagnostics of OpenTelemetry itself go to stderr, and only when OTEL_LOG_LEVEL asks for them. */
export function setDiagLevel(): void {
  const text = readText('OTEL_LOG_LEVEL');
  const level = text === undefined ? undefined : LEVELS[text.toLowerCase()];
  if (level === undefined) return;
  const write = (...args: unknown[]): void => {
    process.stderr.write(`opentelemetry: ${format(...args)}\n`);
  };
  diag.setLogger(
    { error: write, warn: write, info: write, debug: write, verbose: write },
    { logLevel: level, suppressOverrideMessage: true },
  );
}
