import { type Context, createContextKey, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import type { CoreSdk } from '../otel';
import { RPC, type RpcMetadata } from './request';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const SPAN = createContextKey('OpenTelemetry Context Key SPAN');

/** A span and its RPC metadata over another context: the API's own contexts copy a map for each value that is set. */
class RequestContext implements Context {
  private readonly parent: Context;
  private readonly span: unknown;
  private readonly rpc: unknown;

  constructor(parent: Context, span: unknown, rpc: unknown) {
    this.parent = parent;
    this.span = span;
    this.rpc = rpc;
  }

  getValue(key: symbol): unknown {
    return key === SPAN ? this.span : key === RPC ? this.rpc : this.parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === SPAN) return new RequestContext(this.parent, value, this.rpc);
    if (key === RPC) return new RequestContext(this.parent, this.span, value);
    return new RequestContext(this.parent.setValue(key, value), this.span, this.rpc);
  }

  /** Up to Node 22 it is a property of each timer, socket and promise hook of the request, and is printed with them. */
  [INSPECT](): string {
    return 'the context of a request';
  }

  deleteValue(key: symbol): Context {
    if (key === SPAN || key === RPC) return this.setValue(key, undefined);
    return new RequestContext(this.parent.deleteValue(key), this.span, this.rpc);
  }
}

let isUsable: boolean | undefined;

/** The context of a request. Where the API or the core package keeps the two under other keys, theirs is taken. */
export function contextOf(parent: Context, span: Span, rpc: RpcMetadata, core: CoreSdk): Context {
  if (isUsable === undefined) {
    const probe = new RequestContext(ROOT_CONTEXT, span, rpc);
    isUsable = trace.getSpan(probe) === span && core.getRPCMetadata(probe) === rpc;
  }
  return isUsable ? new RequestContext(parent, span, rpc) : core.setRPCMetadata(trace.setSpan(parent, span), rpc);
}
