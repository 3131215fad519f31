import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOut } from '../../harness/check-out-example.ts';
import { readFolder } from '../../harness/run-cli.ts';
import { executablePath, type Hosts, openHosts, type Server, type Shown, startServer } from './view-host.ts';

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
    await frame.getByText('+logs.logRequests();').waitFor();
    await frame.getByRole('checkbox', { name: 'request-logs' }).uncheck();
    await frame.getByText('+logs.logRequests();').waitFor({ state: 'detached' });
    await frame.getByText('+logs.bridgeConsole();').waitFor();
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
});
