import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOut } from '../../harness/check-out-example.ts';
import { readFolder } from '../../harness/run-cli.ts';
import { executablePath, type Hosts, openHosts, type Server, type Shown, startServer, type ToolResult } from './view-host.ts';

if (executablePath === undefined) {
  process.stderr.write('NOT TESTED: the plan view, as no Chromium was found. Install it, or set CHROMIUM to its path.\n');
  if (process.env['CI'] === 'true') throw new Error('CI must test the plan view: install Chromium.');
}

const uri = 'ui://tracewright/plan';
const input = { root: '.' };

describe.skipIf(executablePath === undefined)('the plan view', () => {
  let cwd = '';
  let server: Server;
  let hosts: Hosts;
  beforeAll(async () => {
    cwd = checkOut('legacy-express');
    [server, hosts] = await Promise.all([startServer(cwd), openHosts()]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), hosts.close()]);
  });

  async function shown(more: Partial<Parameters<Hosts['show']>[1]> = {}): Promise<Shown> {
    const view = await hosts.show(server, { uri, input, result: await server.call('plan', input), ...more });
    await view.frame.getByRole('heading', { level: 1 }).waitFor();
    return view;
  }

  it('is named by its tool, in both forms, and asks for no domain', async () => {
    const { tools } = await server.client.listTools();
    const plan = tools.find(({ name }) => name === 'plan');
    expect(plan?._meta).toEqual({ ui: { resourceUri: uri }, 'ui/resourceUri': uri });
    const { contents } = await server.client.readResource({ uri });
    expect(contents[0]).toMatchObject({ uri, mimeType: 'text/html;profile=mcp-app', _meta: { ui: { prefersBorder: true } } });
    expect(JSON.stringify(contents[0]?._meta)).not.toContain('csp');
  });

  it('leaves a codemod out, applies the rest and puts it back', async () => {
    const before = readFolder(cwd);
    const view = await shown({ width: 1280 });
    const { frame } = view;
    await frame.getByRole('button', { name: 'Show the diff' }).click();
    await frame.getByText('logs.logRequests();').waitFor();
    await frame.getByRole('checkbox', { name: 'request-logs' }).uncheck();
    await frame.getByText('logs.logRequests();').waitFor({ state: 'detached' });
    await frame.getByText('logs.bridgeConsole();').waitFor();
    expect(await frame.getByText('left out').count()).toBe(1);
    await frame.getByRole('button', { name: 'Apply to 6 files without 1 codemod' }).click();
    expect(readFolder(cwd)).toMatchObject(before);
    await frame.getByRole('button', { name: 'Write 6 files' }).click();
    await frame.getByRole('heading', { name: 'Applied: 6 files written' }).waitFor();
    const bootstrap = readFileSync(join(cwd, 'instrumentation.cjs'), 'utf8');
    expect(bootstrap).toContain('bridgeConsole');
    expect(bootstrap).not.toContain('logRequests');
    expect((await view.told())[0]).toContain('applied the Tracewright plan in its view without request-logs');
    expect(view.calls.find(({ name }) => name === 'apply')?.input).toMatchObject({ root: '.', skip: ['request-logs'] });
    await frame.getByRole('button', { name: 'Undo' }).click();
    await frame.getByRole('button', { name: 'Put back' }).click();
    await frame.getByRole('heading', { name: 'Everything is as it was' }).waitFor();
    expect(existsSync(join(cwd, 'instrumentation.cjs'))).toBe(false);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' })).toBe('');
    await view.close();
  });

  it('says when the plan is stale, and plans again', async () => {
    const view = await shown();
    const file = join(cwd, 'app.js');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace("app.disable('x-powered-by');", "app.disable('x-powered-by'); // changed"));
    await view.frame.getByRole('button', { name: /^Apply/ }).click();
    await view.frame.getByRole('button', { name: 'Write 6 files' }).click();
    await view.frame.getByText('TW2001', { exact: true }).waitFor();
    expect(readFileSync(file, 'utf8')).toContain('// changed');
    writeFileSync(file, text);
    await view.frame.getByRole('button', { name: 'Plan again' }).click();
    await view.frame.getByRole('button', { name: /^Apply/ }).waitFor();
    await view.close();
  });

  it('keeps a codemod in that others cannot do without', async () => {
    const view = await shown();
    await view.frame.getByRole('checkbox', { name: 'otel-bootstrap' }).press('Space');
    await view.frame.getByText('TW2024', { exact: true }).waitFor();
    expect(await view.frame.getByRole('checkbox', { name: 'otel-bootstrap' }).isChecked()).toBe(true);
    await view.close();
  });

  it('is driven by keyboard: asks before it writes, Escape takes it back', async () => {
    const view = await shown();
    await view.frame.getByRole('button', { name: /^Apply/ }).press('Enter');
    const focused = (): Promise<string> => view.frame.evaluate<string>('document.activeElement.id');
    expect(await focused()).toBe('apply-yes');
    await view.page.keyboard.press('Escape');
    expect(await focused()).toBe('apply');
    expect(view.calls).toEqual([]);
    await view.close();
  });

  it.each([
    [320, 'light', 'dark'],
    [380, 'dark', 'light'],
    [1280, 'dark', 'dark'],
  ] as const)('fits %i px and is accessible in a %s host on a %s system', async (width, theme, system) => {
    const view = await shown({ width, theme, system });
    await view.frame.getByRole('button', { name: 'Show the diff' }).click();
    await view.frame.getByText('logs.logRequests();').waitFor();
    expect(await view.overflow()).toBe(0);
    expect(await view.violations()).toEqual([]);
    const paper = theme === 'light' ? 'rgb(251, 251, 249)' : 'rgb(19, 21, 26)';
    expect(await view.frame.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(paper);
    await view.close();
  });

  it('shows text of a hostile repository as text, and reads a long plan to its end', async () => {
    const hostile = '</script><script>console.error(1)</script><img src=x onerror="console.error(2)">';
    const next = { tool: 'apply', arguments: { root: '.', planHash: 'h' }, why: hostile };
    const page = (at: number): ToolResult => {
      const reasons = [{ codemod: `codemod-${at}`, why: hostile, at: [hostile] }];
      const hunks = [{ file: hostile, kind: 'change', why: [hostile], header: hostile, lines: `+${hostile}\n-${'x'.repeat(900)}` }];
      const more = at < 3 ? { nextCursor: String(at + 1) } : {};
      const head = at === 0 ? { counts: { files: 1, added: 1, removed: 0, tasks: 0 }, services: [hostile] } : {};
      return { structuredContent: { planHash: 'h', ...head, reasons, hunks, done: false, next, ...more }, content: [] };
    };
    const view = await shown({ result: page(0), width: 320, answer: async (_name, given) => page(Number(given['cursor'] ?? 0)) });
    await view.frame.getByText('codemod-3', { exact: true }).waitFor();
    await view.frame.getByRole('button', { name: 'Show the diff' }).click();
    await view.frame.locator('article.file').waitFor();
    expect(await view.frame.locator('img, iframe, main script').count()).toBe(0);
    expect(await view.overflow()).toBe(0);
    await view.close();
  });

  it('shows a plan to a host that lets no view call tools', async () => {
    const view = await shown({ capabilities: {} });
    await view.frame.getByText('ask the agent to apply the plan').waitFor();
    expect(await view.frame.getByRole('button').count()).toBe(0);
    await view.close();
  });
});
