import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { program } from './run-cli.ts';

/** An answer of a tool, as its client sees it. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly facts: Readonly<Record<string, unknown>> & { readonly done: boolean; readonly next: NextStep };
  /** `content[0].text` */
  readonly text: string;
}

export interface NextStep {
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly why: string;
}

/** An official client, whichever it is. */
export interface McpClient {
  readonly protocol: string | undefined;
  readonly instructions: string | undefined;
  list(): Promise<unknown>;
  call(tool: string, input: Record<string, unknown>, meta?: Record<string, unknown>): Promise<ToolAnswer>;
  /** Process id of the server that this client started. */
  readonly pid: number | null;
  close(): Promise<void>;
}

/** A server that is started for a client. */
export interface ServerStart {
  readonly cwd: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const own = { name: 'tracewright-tests', version: '1.0.0' };
const patient = { timeout: 120_000 };

/** The protocol eras that a v2 client can be told to speak. */
export type Era = '2025' | '2026';

function negotiation(era: Era): { versionNegotiation: { mode: 'legacy' | { pin: string } } } {
  return { versionNegotiation: { mode: era === '2025' ? 'legacy' : { pin: '2026-07-28' } } };
}

function stdio({ cwd, words = [], env = {} }: ServerStart) {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  return { command: process.execPath, args: [...program, 'mcp', ...words], cwd, env: { ...inherited, ...env }, stderr: 'inherit' as const };
}

function toAnswer(result: object): ToolAnswer {
  const { isError, structuredContent, content }: { isError?: true; structuredContent: ToolAnswer['facts']; content: { text: string }[] } =
    JSON.parse(JSON.stringify(result));
  return { isError: isError === true, facts: structuredContent, text: content[0]?.text ?? '' };
}

async function fromV2(client: ClientV2, pid: () => number | null): Promise<McpClient> {
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    instructions: client.getInstructions(),
    list: () => client.listTools(),
    call: async (name, input, meta) => toAnswer(await client.callTool({ name, arguments: input, ...(meta && { _meta: meta }) }, patient)),
    pid: pid(),
    close: () => client.close(),
  };
}

async function fromV1(client: ClientV1, protocol: string | undefined, pid: () => number | null): Promise<McpClient> {
  return {
    protocol,
    instructions: client.getInstructions(),
    list: () => client.listTools(),
    call: async (name, input, meta) =>
      toAnswer(await client.callTool({ name, arguments: input, ...(meta && { _meta: meta }) }, undefined, patient)),
    pid: pid(),
    close: () => client.close(),
  };
}

export async function connectV2(start: ServerStart, era: Era = '2026'): Promise<McpClient> {
  const transport = new StdioV2(stdio(start));
  const client = new ClientV2(own, negotiation(era));
  await client.connect(transport);
  return fromV2(client, () => transport.pid);
}

export async function connectV1(start: ServerStart): Promise<McpClient> {
  const transport = new StdioV1(stdio(start));
  const client = new ClientV1(own);
  await client.connect(transport);
  return fromV1(client, '2025-11-25', () => transport.pid);
}

export async function connectHttpV2(url: URL, era: Era = '2026'): Promise<McpClient> {
  const client = new ClientV2(own, negotiation(era));
  await client.connect(new HttpV2(url));
  return fromV2(client, () => null);
}

export async function connectHttpV1(url: URL): Promise<McpClient> {
  const transport = new HttpV1(url);
  const client = new ClientV1(own);
  // Its optional properties are written without `exactOptionalPropertyTypes`.
  await client.connect(transport as Parameters<ClientV1['connect']>[0]);
  return fromV1(client, transport.protocolVersion, () => null);
}

/** `tracewright mcp --http 0`, listening. */
export interface HttpServer {
  readonly url: URL;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export async function startHttp({ cwd, words = [], env = {} }: ServerStart): Promise<HttpServer> {
  const child = spawn(process.execPath, [...program, 'mcp', '--http', '0', ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: child.stderr });
  const [line] = await once(lines, 'line');
  const url = /http:\S+\/mcp/.exec(String(line))?.[0];
  if (url === undefined) throw new Error(`the server said ${line}`);
  const ended = once(child, 'exit');
  return {
    url: new URL(url),
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** An agent that knows nothing: it makes the call that the answer before names, until nothing is left. */
export async function followNext(
  client: McpClient,
  first: NextStep,
): Promise<readonly { readonly step: NextStep; readonly answer: ToolAnswer }[]> {
  const made: { readonly step: NextStep; readonly answer: ToolAnswer }[] = [];
  for (let step = first; made.length < 50; ) {
    const answer = await client.call(step.tool, step.arguments);
    made.push({ step, answer });
    if (answer.facts.done || answer.isError) return made;
    step = answer.facts.next;
  }
  throw new Error('it never ended');
}
