import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOut } from '../../harness/check-out-example.ts';
import { executablePath, type Hosts, openHosts, type Server, type Shown, startServer, type ToolResult } from './view-host.ts';

const uri = 'ui://tracewright/traces';
const input = { root: '.' };

describe.skipIf(executablePath === undefined)('the traces view', () => {
  let cwd = '';
  let server: Server;
  let hosts: Hosts;
  let result: ToolResult;
  beforeAll(async () => {
    cwd = checkOut('legacy-express');
    [server, hosts] = await Promise.all([startServer(cwd), openHosts()]);
    const { structuredContent } = await server.call('plan', input);
    await server.call('apply', { root: '.', planHash: structuredContent['planHash'] });
    // A route that was renamed after its trace was recorded.
    const golden = join(cwd, '.tracewright/golden/customers.json');
    writeFileSync(
      golden,
      readFileSync(golden, 'utf8').replace('"name": "GET /api/:tenant/customers"', '"name": "GET /api/:tenant/clients"'),
    );
    result = await server.call('verify', input);
  });
  afterAll(async () => {
    await Promise.all([server.close(), hosts.close()]);
  });

  async function shown(more: Partial<Parameters<Hosts['show']>[1]> = {}): Promise<Shown> {
    const view = await hosts.show(server, { uri, input, result, ...more });
    await view.frame.getByRole('heading', { name: 'Traces', exact: true }).waitFor();
    return view;
  }

  it('shows the waterfall of each request and what differs from its golden trace', async () => {
    const view = await shown({ width: 1280 });
    const { frame } = view;
    expect(await frame.getByRole('heading', { level: 1 }).textContent()).toContain('Not verified');
    const diff = frame.getByLabel('Differences of customers');
    expect(await diff.textContent()).toMatch(/GET \/api\/:tenant\/clients/);
    expect(await diff.textContent()).toMatch(/GET \/api\/:tenant\/customers/);
    expect(await frame.getByRole('list', { name: 'Spans of GET /api/acme/invoices/101/total' }).locator('.span').count()).toBe(3);
    const bars = await frame.evaluate<string[]>("[...document.querySelectorAll('#trace-0 .bar i')].map((bar) => bar.style.cssText)");
    expect(bars).toHaveLength(3);
    expect(new Set(bars).size).toBe(3);
    await frame.locator('#span-0-0 > summary').press('Enter');
    expect(await frame.locator('#span-0-0').textContent()).toContain('/api/:tenant/invoices/:id/total');
    await view.close();
  });

  it.each([
    [320, 'light'],
    [380, 'dark'],
  ] as const)('fits %i px and is accessible: %s', async (width, theme) => {
    const view = await shown({ width, theme });
    await view.frame.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    expect(await view.overflow()).toBe(0);
    expect(await view.violations()).toEqual([]);
    await view.close();
  });

  it('starts nothing to show what is no longer there', async () => {
    writeFileSync(join(cwd, 'new.js'), '');
    const view = await hosts.show(server, { uri, input, result });
    await view.frame.getByText('TW1096', { exact: true }).waitFor();
    expect(view.calls.map(({ input: given }) => given['detail'])).toEqual(['waterfall']);
    expect(await view.frame.getByRole('heading', { level: 1 }).textContent()).toContain('Not verified');
    await view.frame.getByRole('button', { name: 'Verify again …' }).click();
    await view.frame.getByRole('button', { name: 'Cancel' }).press('Escape');
    expect(await view.frame.evaluate('document.activeElement.id')).toBe('verify');
    await view.close();
  });
});
