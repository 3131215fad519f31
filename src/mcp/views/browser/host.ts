import type { Answer, Input } from '../../answer.ts';

/** What the host tells a view. */
export interface Listener {
  /** Before anything else is told. */
  onJoined(host: Host): void;
  onInput(input: Input): void;
  onAnswer(host: Host, answer: Answer): void;
  onCancelled(reason: string): void;
}

/** The host page, as this view may use it. */
export interface Host {
  /** Whether it passes tool calls on to the server. */
  readonly canCall: boolean;
  /** Calls a tool, and waits for work that goes on in the background. */
  call(tool: string, input: Input, onProgress?: (doing: string) => void): Promise<ToolReply>;
  /** Lets the model know what was done here. */
  tell(text: string): void;
}

/** What a tool answered, and what it said to the view alone. */
export interface ToolReply {
  readonly answer: Answer;
  readonly meta: Readonly<Record<string, unknown>>;
}

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Waiting {
  resolve(result: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

const PROTOCOL = '2026-01-26';

/** Joins the host page by the messages of MCP Apps; nobody else is listened to. */
export async function joinHost(name: string, listener: Listener): Promise<void> {
  let joined: Host | undefined;
  const waiting = new Map<number | string, Waiting>();
  let calls = 0;
  const send = (message: Omit<Message, 'jsonrpc'>): void => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const request = (method: string, params: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> => {
    calls += 1;
    const id = calls;
    send({ id, method, params });
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  addEventListener('message', (event: MessageEvent<Message>) => {
    if (event.source !== parent || event.data?.jsonrpc !== '2.0') return;
    const { id, method, params = {}, result, error } = event.data;
    if (method === undefined) settle(waiting, id, result, error);
    else if (id === undefined) hear(method, params, listener, joined);
    else if (method === 'ping' || method === 'ui/resource-teardown') send({ id, result: {} });
    else send({ id, error: { code: -32601, message: `Unknown method ${method}` } });
  });
  const appInfo = { name, version: '1' };
  const { hostCapabilities, hostContext } = await request('ui/initialize', { appInfo, appCapabilities: {}, protocolVersion: PROTOCOL });
  setTheme(hostContext);
  const can = (what: string): boolean => typeof hostCapabilities === 'object' && hostCapabilities !== null && what in hostCapabilities;
  joined = {
    canCall: can('serverTools'),
    call: (tool, input, onProgress) => callTool(request, tool, input, onProgress),
    tell: (text) => {
      const content = [{ type: 'text', text }];
      if (can('updateModelContext')) request('ui/update-model-context', { content }).catch(() => undefined);
    },
  };
  listener.onJoined(joined);
  send({ method: 'ui/notifications/initialized' });
  reportSize((height) => send({ method: 'ui/notifications/size-changed', params: { height } }));
}

type Request = (method: string, params: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;

async function callTool(request: Request, name: string, input: Input, onProgress?: (doing: string) => void): Promise<ToolReply> {
  const result = await request('tools/call', { name, arguments: input });
  const answer = answerIn(result);
  if (answer === undefined) throw new Error(`${name} gave no answer`);
  if (typeof answer['running'] === 'string') {
    onProgress?.(answer['running']);
    return callTool(request, answer.next.tool, answer.next.arguments, onProgress);
  }
  return { answer, meta: (result['_meta'] as ToolReply['meta'] | undefined) ?? {} };
}

/** The answer in a tool result; hosts that keep no structured content still have its text. */
function answerIn(result: Readonly<Record<string, unknown>>): Answer | undefined {
  const structured = result['structuredContent'];
  if (structured !== undefined) return structured as Answer;
  const [first] = result['content'] as readonly { readonly text?: string }[];
  try {
    return JSON.parse(first?.text ?? '') as Answer;
  } catch {
    return undefined;
  }
}

function settle(waiting: Map<number | string, Waiting>, id: Message['id'], result: Message['result'], error: Message['error']): void {
  if (id === undefined) return;
  const one = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) one?.resolve(result ?? {});
  else one?.reject(new Error(error.message));
}

function hear(method: string, params: Readonly<Record<string, unknown>>, listener: Listener, host?: Host): void {
  if (method === 'ui/notifications/tool-input') listener.onInput((params['arguments'] as Input | undefined) ?? {});
  if (method === 'ui/notifications/tool-cancelled') listener.onCancelled(String(params['reason'] ?? ''));
  if (method === 'ui/notifications/host-context-changed') setTheme(params);
  if (method !== 'ui/notifications/tool-result' || host === undefined) return;
  const answer = answerIn(params);
  if (answer !== undefined) listener.onAnswer(host, answer);
}

function setTheme(context: unknown): void {
  const theme = typeof context === 'object' && context !== null && 'theme' in context ? context.theme : undefined;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
}

/** The frame is as high as what it shows. */
function reportSize(report: (height: number) => void): void {
  let last = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height !== last) report(height);
    last = height;
  }).observe(document.documentElement);
}
