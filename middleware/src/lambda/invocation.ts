import { type Attributes, type Context, type Link, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { read, textOf } from '../frameworks/reader';
import { failRequest, finishRequest, recordError, setError } from '../process/finish';
import { attachState, closeRequest, type IncomingRequest, type RequestState, RPC, type RpcMetadata } from '../server/request';
import { SCOPE } from '../version';
import { type Gateway, gatewayOf } from './gateway';
import { otherTrigger, type Records, recordsOf } from './records';

/** One call of a function, from its event to what it answers. */
export interface Invocation {
  readonly context: Context;
  /** Its span ends; a second end is ignored. */
  succeed(answer: unknown): void;
  fail(error: unknown): void;
}

/** Longer ago, the platform had it made before anybody called. */
const MAX_INIT = 10;
let isWarm = false;

/** A span for one call, in the trace that its event carries; of a batch, with a link to each trace. */
export function beginInvocation(event: unknown, about: unknown): Invocation {
  const gateway = gatewayOf(event);
  const records = gateway === undefined ? recordsOf(event) : undefined;
  const carried = carriersOf(gateway, records).map(contextFrom).filter(trace.getSpanContext);
  const parent = (carried.length === 1 && carried[0]) || ROOT_CONTEXT;
  const name = textOf(read(about, 'functionName')) || process.env['AWS_LAMBDA_FUNCTION_NAME'] || 'function';
  const span = trace.getTracer(SCOPE.name, SCOPE.version).startSpan(
    gateway !== undefined ? nameOf(gateway) : records !== undefined ? `process ${records.destination}` : name,
    {
      kind: records === undefined ? SpanKind.SERVER : SpanKind.CONSUMER,
      attributes: { ...calledAs(about), ...triggerOf(event, gateway, records) },
      links: carried.length > 1 ? carried.reduce(addLink, []) : [],
    },
    parent,
  );
  const rpc: RpcMetadata = { type: 'http', span, own: true, state: undefined, route: undefined };
  const own = trace.setSpan(parent, span).setValue(RPC, rpc);
  const state = attachState(requestOf(gateway), span, own, rpc);
  if (gateway !== undefined) noteRoute(state, gateway.route);
  rpc.state = state;
  return { context: own, ...endings(state, rpc, gateway, records) };
}

function endings(
  state: RequestState,
  rpc: RpcMetadata,
  gateway: Gateway | undefined,
  records: Records | undefined,
): Pick<Invocation, 'succeed' | 'fail'> {
  const finish = (status: number): void => {
    // A framework inside the function has answered, and said all about it.
    if (rpc.state !== undefined && rpc.state !== state && rpc.state.ended) close(state);
    else finishRequest(state, { statusCode: status });
  };
  return {
    succeed: (answer) => {
      if (state.ended) return;
      if (gateway !== undefined) finish(Number(read(answer, 'statusCode')) || gateway.unsaid);
      else {
        if (records !== undefined) noteFailures(state, answer, records);
        close(state);
      }
    },
    fail: (error) => {
      if (state.ended) return;
      if (gateway === undefined) failRequest(state, error);
      else {
        recordError(state, error);
        finish(gateway.failed);
      }
    },
  };
}

function requestOf(gateway: Gateway | undefined): IncomingRequest {
  return gateway === undefined ? { isCall: true } : { isCall: true, method: gateway.method, url: gateway.url };
}

/** `/{proxy+}` only says that the function finds its routes itself; a framework inside it knows more. */
function noteRoute(state: RequestState, route: string | undefined): void {
  if (route !== undefined && /\+\}$/.test(route)) state.guess = route;
  else state.route = route;
}

function close(state: RequestState): void {
  state.ended = true;
  closeRequest(state);
  state.span.end();
}

/** Messages that the function hands back to be tried again. */
function noteFailures(state: RequestState, answer: unknown, { carriers }: Records): void {
  const failures: unknown = read(answer, 'batchItemFailures');
  if (!Array.isArray(failures) || failures.length === 0) return;
  setError(state.span, `${failures.length} of ${carriers.length} messages failed`);
}

function nameOf({ method, route }: Gateway): string {
  return route === undefined ? method : `${method} ${route}`;
}

function triggerOf(event: unknown, gateway: Gateway | undefined, records: Records | undefined): Attributes {
  if (gateway !== undefined)
    return gateway.route === undefined ? gateway.attributes : { ...gateway.attributes, 'http.route': gateway.route };
  return records !== undefined ? records.attributes : { 'faas.trigger': otherTrigger(event) };
}

function calledAs(about: unknown): Attributes {
  const attributes: Attributes = { 'faas.coldstart': isCold() };
  const id = textOf(read(about, 'awsRequestId'));
  const arn = textOf(read(about, 'invokedFunctionArn'));
  if (id !== undefined) attributes['faas.invocation_id'] = id;
  if (arn !== undefined) {
    attributes['cloud.resource_id'] = arn;
    attributes['cloud.account.id'] = arn.split(':')[4] || '';
  }
  return attributes;
}

function isCold(): boolean {
  const isFirst = !isWarm && process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== 'provisioned-concurrency' && process.uptime() <= MAX_INIT;
  isWarm = true;
  return isFirst;
}

function carriersOf(gateway: Gateway | undefined, records: Records | undefined): readonly Readonly<Record<string, string>>[] {
  return gateway !== undefined ? [gateway.headers] : records !== undefined ? records.carriers : [];
}

function contextFrom(carrier: Readonly<Record<string, string>>): Context {
  return propagation.extract(ROOT_CONTEXT, carrier);
}

function addLink(links: Link[], carried: Context): Link[] {
  const context = trace.getSpanContext(carried);
  return context === undefined ? links : links.concat({ context });
}
