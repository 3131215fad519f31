import { parse } from 'yaml';

/** One thing the driver does; `together` runs its steps at once. */
export type Step =
  | { readonly kind: 'request'; readonly port: number; readonly tls: boolean; readonly text: string }
  | { readonly kind: 'connection'; readonly port: number; readonly tls: boolean; readonly actions: readonly Action[] }
  | { readonly kind: 'http2'; readonly port: number; readonly tls: boolean; readonly text: string }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'stdin'; readonly text: string }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'together'; readonly steps: readonly Step[] };

/** What is done on one connection, in order. */
export type Action =
  | { readonly kind: 'send'; readonly bytes: Buffer }
  | { readonly kind: 'wait'; readonly text: string }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' };

/** What the comment at the top of a program says. */
export interface Directives {
  readonly steps: readonly Step[];
  /** Its last step is followed by SIGTERM, unless the program ends by itself. */
  readonly endsItself: boolean;
  /** Semver range of the Node versions it is for. */
  readonly nodes: string;
  readonly express: readonly (4 | 5)[];
  readonly env: Readonly<Record<string, string>>;
  /** Arguments after the entry. */
  readonly args: readonly string[];
  /** Arguments of Node before it. */
  readonly nodeArgs: readonly string[];
  /** Codemods that are planned only when named. */
  readonly with: readonly string[];
  /** Why no span is expected. */
  readonly untraced: string | undefined;
  /** Why the plan may leave it as it is. */
  readonly unchanged: string | undefined;
  /** Whether a lock file lies beside it. */
  readonly lock: boolean;
  /** Packages it loads by a computed name. */
  readonly packages: readonly string[];
  /** Whether stack frames outside of the program are compared, too. */
  readonly frames: boolean;
}

const KEYS = 'args env express frames lock node-args nodes packages steps ends unchanged untraced with'.split(' ');

/** Reads the YAML of the first comment. Whatever it does not know is an error of the program's author. */
export function parseDirectives(text: string): Directives {
  const given: Record<string, unknown> = parse(text) ?? {};
  const unknown = Object.keys(given).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; known are ${KEYS.join(', ')}`);
  const steps = listOf(given['steps']).map(parseStep);
  return {
    steps,
    endsItself: given['ends'] === undefined ? steps.length === 0 : given['ends'] === 'itself',
    nodes: String(given['nodes'] ?? '*'),
    express: listOf(given['express']).map((major) => (major === 4 ? 4 : 5)),
    env: Object.fromEntries(Object.entries(given['env'] ?? {}).map(([name, value]) => [name, String(value)])),
    args: listOf(given['args']).map(String),
    nodeArgs: listOf(given['node-args']).map(String),
    with: listOf(given['with']).map(String),
    untraced: textOf(given['untraced']),
    unchanged: textOf(given['unchanged']),
    lock: given['lock'] !== false,
    packages: listOf(given['packages']).map(String),
    frames: given['frames'] === 'all',
  };
}

function parseStep(step: unknown): Step {
  if (typeof step === 'string') return { kind: 'request', port: 1, tls: false, text: requestText(step, {}, '') };
  const given: Record<string, unknown> = Object(step);
  const port = Number(given['port'] ?? 1);
  const tls = given['tls'] === true;
  const text = (key: string): string => requestText(String(given[key]), Object(given['headers'] ?? {}), String(given['body'] ?? ''));
  if ('request' in given) return { kind: 'request', port, tls, text: text('request') };
  if ('http2' in given) return { kind: 'http2', port, tls, text: text('http2') };
  if ('connection' in given) return { kind: 'connection', port, tls, actions: listOf(given['connection']).map(parseAction) };
  if ('stdout' in given) return { kind: 'output', stream: 'stdout', text: String(given['stdout']) };
  if ('stderr' in given) return { kind: 'output', stream: 'stderr', text: String(given['stderr']) };
  if ('signal' in given) return { kind: 'signal', signal: signalOf(given['signal']) };
  if ('stdin' in given) return { kind: 'stdin', text: String(given['stdin']) };
  if ('pause' in given) return { kind: 'pause', ms: Number(given['pause']) };
  if ('together' in given) return { kind: 'together', steps: listOf(given['together']).map(parseStep) };
  throw new Error(`not a step: ${JSON.stringify(step)}`);
}

function parseAction(action: unknown): Action {
  if (action === 'end') return { kind: 'end' };
  if (action === 'reset') return { kind: 'reset' };
  const given: Record<string, unknown> = Object(action);
  if ('send' in given) return { kind: 'send', bytes: Buffer.from(String(given['send']).replaceAll('\n', '\r\n'), 'latin1') };
  if ('bytes' in given) return { kind: 'send', bytes: Buffer.from(String(given['bytes']), 'latin1') };
  if ('wait' in given) return { kind: 'wait', text: String(given['wait']).replaceAll('\n', '\r\n') };
  if ('pause' in given) return { kind: 'pause', ms: Number(given['pause']) };
  throw new Error(`not an action on a connection: ${JSON.stringify(action)}`);
}

/** `POST /path`, headers and a body as the text of one HTTP/1.1 request that closes its connection. */
function requestText(line: string, headers: Readonly<Record<string, unknown>>, body: string): string {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const lines = [`${line} HTTP/1.1`];
  if (!names.includes('host')) lines.push('Host: localhost');
  for (const [name, value] of Object.entries(headers)) for (const one of listOf(value)) lines.push(`${name}: ${one}`);
  if (!names.includes('connection')) lines.push('Connection: close');
  if (body !== '' && !names.includes('transfer-encoding') && !names.includes('content-length'))
    lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function signalOf(value: unknown): NodeJS.Signals {
  const signal: NodeJS.Signals | undefined = (['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2', 'SIGQUIT', 'SIGKILL'] as const).find(
    (name) => name === value,
  );
  if (signal === undefined) throw new Error(`not a signal the driver sends: ${value}`);
  return signal;
}
