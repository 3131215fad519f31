import { existsSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import axe from 'axe-core';
import { build } from 'esbuild';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { program } from '../../harness/run-cli.ts';

export const executablePath: string | undefined = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** What hosts of the specification allow a view that names no domain. */
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'none'";

/** A host as its makers write one: the official bridge on one side of a sandboxed frame. It runs in the browser. */
const hostScript = `
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

globalThis.told = [];
globalThis.showView = async ({ html, capabilities, theme, input, result }) => {
  const frame = document.querySelector('iframe');
  const bridge = new AppBridge(null, { name: 'test host', version: '1' }, capabilities, { hostContext: { ...(theme && { theme }) } });
  globalThis.bridge = bridge;
  bridge.oncalltool = (params) => callServer(params);
  bridge.onupdatemodelcontext = async ({ content }) => { told.push(content[0].text); return {}; };
  bridge.onsizechange = ({ height }) => { frame.style.height = height + 'px'; };
  const ready = new Promise((resolve) => { bridge.oninitialized = resolve; });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = html;
  await ready;
  await bridge.sendToolInput({ arguments: input });
  if (result) await bridge.sendToolResult(result);
};
`;

export interface ToolResult {
  readonly isError?: boolean;
  readonly structuredContent: Readonly<Record<string, unknown>>;
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
}

/** An official client of the real server, started in a folder. */
export interface Server {
  readonly client: Client;
  call(name: string, input: Record<string, unknown>): Promise<ToolResult>;
  /** The page behind a `ui://` address, after its policy was put in. */
  read(uri: string): Promise<string>;
  close(): Promise<void>;
}

export async function startServer(cwd: string): Promise<Server> {
  const client = new Client({ name: 'tracewright-tests', version: '1.0.0' });
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [...program, 'mcp'], cwd, env, stderr: 'inherit' }));
  return {
    client,
    call: async (name, input) => JSON.parse(JSON.stringify(await client.callTool({ name, arguments: input }, { timeout: 120_000 }))),
    read: async (uri) => {
      const { contents } = await client.readResource({ uri });
      const text = contents[0] !== undefined && 'text' in contents[0] ? contents[0].text : '';
      return text.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
    },
    close: () => client.close(),
  };
}

export interface Showing {
  readonly uri: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result?: ToolResult;
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly system?: 'light' | 'dark';
  /** Default: tool calls and the model's context. */
  readonly capabilities?: Readonly<Record<string, object>>;
  /** Instead of the server's own answers. */
  readonly answer?: (name: string, input: Record<string, unknown>) => Promise<ToolResult>;
}

/** A view in a host page. */
export interface Shown {
  readonly page: Page;
  readonly frame: Frame;
  readonly calls: { readonly name: string; readonly input: Record<string, unknown> }[];
  /** What the view told the model. */
  told(): Promise<readonly string[]>;
  /** What accessibility rules it breaks. */
  violations(): Promise<readonly string[]>;
  /** How far the content sticks out of the frame. */
  overflow(): Promise<number>;
  /** Ends it; it must neither have complained nor asked for anything. */
  close(): Promise<void>;
}

export interface Hosts {
  show(server: Server, showing: Showing): Promise<Shown>;
  close(): Promise<void>;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export async function openHosts(): Promise<Hosts> {
  const stdin = { contents: hostScript, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', write: false, logLevel: 'silent' });
  const script = (outputFiles[0]?.text ?? '').replaceAll('</', '<\\/');
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: flags });
  return { show: (server, showing) => show(browser, script, server, showing), close: () => browser.close() };
}

async function show(browser: Browser, script: string, server: Server, showing: Showing): Promise<Shown> {
  const { uri, input, result, width = 380, theme, system = 'light' } = showing;
  const { capabilities = { serverTools: {}, updateModelContext: { text: {} } }, answer = server.call } = showing;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: system });
  const page = await context.newPage();
  const faults: string[] = [];
  const calls: Shown['calls'] = [];
  // The bridge writes down each message as `debug`.
  page.on('console', (message) => {
    if (message.type() !== 'debug') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url() !== 'about:srcdoc') faults.push(request.url());
  });
  await page.exposeFunction('callServer', async (params: { name: string; arguments: Record<string, unknown> }) => {
    calls.push({ name: params.name, input: params.arguments });
    return answer(params.name, params.arguments);
  });
  await page.setContent(`<!doctype html><html lang="en"><head><title>Host</title><style>body { margin: 0 } iframe { border: 0; width: 100%; display: block }</style></head>
<body><iframe title="view" sandbox="allow-scripts"></iframe><script type="module">${script}</script></body></html>`);
  await page.waitForFunction('globalThis.showView');
  const order = JSON.stringify({ html: await server.read(uri), capabilities, theme, input, result });
  await page.evaluate(`showView(${order})`);
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error('the view has no frame');
  return {
    page,
    frame,
    calls,
    told: () => page.evaluate<string[]>('told'),
    violations: async () => {
      await frame.evaluate(axe.source);
      return frame.evaluate<string[]>(`axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes[0].html + ' ' + nodes[0].failureSummary))`);
    },
    overflow: () => frame.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
    close: async () => {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}
