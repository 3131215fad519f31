import type { Instrumentation } from '../../otel';
import { read, textOf } from '../reader';
import { noteErrors, noteOperation } from './operation';

export const GRAPHQL = '@opentelemetry/instrumentation-graphql';

type Call = (this: unknown, ...args: unknown[]) => unknown;
type Patch = (...given: unknown[]) => (original: Call) => Call;

interface GraphqlConfig {
  readonly depth?: number;
  readonly mergeItems?: boolean;
  readonly ignoreTrivialResolveSpans?: boolean;
  readonly responseHook?: (span: unknown, result: unknown) => void;
}

interface GraphqlInstrumentation extends Instrumentation {
  _patchExecute?: Patch;
  _patchParse?: Patch;
  _patchValidate?: Patch;
}

/**
 * One span for each operation, and what it is on the SERVER span. The instrumentation as it comes makes a span for each field, for parsing
 * and for validation, writes into the program's context value and drops arguments that it does not know. Options that are about resolvers
 * ask for its own way.
 */
export function nameOperations(instrumentation: GraphqlInstrumentation): void {
  const { getConfig, setConfig } = instrumentation;
  if (getConfig === undefined || setConfig === undefined) return;
  const config: GraphqlConfig = getConfig.call(instrumentation) as GraphqlConfig;
  const responseHook = (span: unknown, result: unknown): void => {
    noteResult(span, result);
    if (config.responseHook) config.responseHook(span, result);
  };
  if (wantsResolvers(config)) {
    setConfig.call(instrumentation, { ...config, responseHook });
    return;
  }
  setConfig.call(instrumentation, { ...config, ignoreResolveSpans: true, responseHook });
  const patch = instrumentation._patchExecute;
  if (typeof patch !== 'function') return;
  instrumentation._patchExecute = (...given) => {
    const wrapped = patch.apply(instrumentation, given);
    return (original) =>
      named(original, function execute(this: unknown, ...args: unknown[]): unknown {
        // It gets a copy to write into; GraphQL gets what the program gave.
        return wrapped(() => Reflect.apply(original, this, args)).call(this, standIn(args));
      });
  };
  instrumentation._patchParse = () => (original) =>
    named(original, function parse(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(original, this, args);
    });
  instrumentation._patchValidate = () => (original) =>
    named(original, function validate(this: unknown, ...args: unknown[]): unknown {
      const errors: unknown = Reflect.apply(original, this, args);
      // Of a document that was sent; one that a program builds itself has no place in a text.
      if (read(args[1], 'loc') !== undefined) noteSafely(() => noteErrors(Array.isArray(errors) ? errors.slice(0, 1) : undefined));
      return errors;
    });
}

function noteResult(span: unknown, result: unknown): void {
  noteSafely(() => {
    const attributes: unknown = read(span, 'attributes');
    const [type, name] = ['type', 'name'].map((key) => textOf(read(attributes, `graphql.operation.${key}`)));
    noteOperation({ type, name });
    noteErrors(read(result, 'errors'));
  });
}

function noteSafely(note: () => void): void {
  try {
    note();
  } catch {
    // Telemetry never changes a result.
  }
}

function wantsResolvers({ depth, mergeItems, ignoreTrivialResolveSpans }: GraphqlConfig): boolean {
  return (depth !== undefined && depth >= 0) || mergeItems === true || ignoreTrivialResolveSpans === true;
}

function standIn(args: readonly unknown[]): unknown {
  if (args.length < 2) return { ...Object(args[0]), contextValue: {} };
  const [schema, document, rootValue, , variableValues, operationName] = args;
  return { schema, document, rootValue, contextValue: {}, variableValues, operationName };
}

function named(original: Call, replaced: Call): Call {
  for (const key of ['name', 'length'] as const) Object.defineProperty(replaced, key, { configurable: true, value: original[key] });
  return replaced;
}
