import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { createRequire } from 'module';
import { ReplacingPropagator } from '../client/replacing-propagator';
import { installContextManager } from '../context-manager';
import { readList } from '../environment';
import type { CoreSdk, LoggerProvider } from '../otel';
import { say } from '../report';

/** Makes context, propagation and loggers those of this SDK for everybody in the process. */
export function setGlobals(core: CoreSdk, loggerProvider: LoggerProvider | undefined): void {
  installContextManager();
  const propagator = createPropagator(core);
  if (propagator) propagation.setGlobalPropagator(propagator);
  if (loggerProvider) setGlobalLoggerProvider(loggerProvider);
  hideApi();
}

/** The API keeps its state on `globalThis`, where a program that prints that would find it. */
function hideApi(): void {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    const { description = '' } = key;
    if (/^(?:io\.)?opentelemetry\.js\.api\b/.test(description)) Object.defineProperty(globalThis, key, { enumerable: false });
  }
}

function createPropagator(core: CoreSdk): TextMapPropagator | undefined {
  const names = readList('OTEL_PROPAGATORS') || ['tracecontext', 'baggage'];
  const propagators: TextMapPropagator[] = [];
  for (const name of names) {
    if (name === 'tracecontext') propagators.push(new core.W3CTraceContextPropagator());
    else if (name === 'baggage') propagators.push(new core.W3CBaggagePropagator());
    else if (name !== 'none') say(`OTEL_PROPAGATORS: ${name} is not supported, it is left out`);
  }
  if (propagators.length === 0) return undefined;
  const [only] = propagators;
  const inner = propagators.length === 1 && only ? only : new core.CompositePropagator({ propagators });
  return new ReplacingPropagator(inner);
}

/** For logger libraries that use the logs API themselves: part of the API since 1.10, a package of its own before. */
function setGlobalLoggerProvider(provider: LoggerProvider): void {
  try {
    const api = require('@opentelemetry/api');
    const logs = api.logs || loadLogsApi().logs;
    logs.setGlobalLoggerProvider(provider);
  } catch (error) {
    say(`records of logger libraries are not sent, @opentelemetry/api-logs cannot be loaded (${describe(error)})`);
  }
}

/** Nobody declares it but the logs SDK, and a strict package manager (Yarn PnP, pnpm without hoisting) gives it to nobody else. */
function loadLogsApi(): { readonly logs: { setGlobalLoggerProvider(provider: LoggerProvider): void } } {
  try {
    return require('@opentelemetry/api-logs');
  } catch (error) {
    const sdk: unknown = require.resolve('@opentelemetry/sdk-logs');
    // In a bundle it is a number.
    if (typeof sdk !== 'string') throw error;
    return createRequire(sdk)('@opentelemetry/api-logs');
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1)[0] || error.name : String(error);
}
