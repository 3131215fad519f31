import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Product, pluginFiles } from './index.ts';

const product: Product = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const files = pluginFiles(product);

function read(file: string): Record<string, unknown> {
  return JSON.parse(files.get(file) ?? '');
}

it('holds to the limits of the MCP registry, and to package.json', () => {
  const { name, description, version, packages } = read('server.json');
  expect(name).toBe(product.mcpName);
  expect(name).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
  expect(String(description).length).toBeLessThanOrEqual(100);
  expect(version).toBe(product.version);
  expect(packages).toMatchObject([{ registryType: 'npm', identifier: 'tracewright', version, transport: { type: 'stdio' } }]);
});

it('lists one plugin in both marketplaces, of the same version everywhere', () => {
  expect(read('.claude-plugin/marketplace.json')).toMatchObject({ plugins: [{ name: 'tracewright', source: './plugin' }] });
  expect(read('.agents/plugins/marketplace.json')).toMatchObject({ plugins: [{ name: 'tracewright', source: { path: './plugin' } }] });
  for (const file of ['plugin/.claude-plugin/plugin.json', 'plugin/.codex-plugin/plugin.json'])
    expect(read(file)).toMatchObject({ name: 'tracewright', version: product.version });
  expect(read('plugin/.mcp.json')).toEqual({
    mcpServers: { tracewright: { command: 'npx', args: ['-y', `tracewright@${product.version}`, 'mcp'] } },
  });
});

it('writes a skill that agents accept', () => {
  const [, name, description] =
    /^---\nname: ([a-z0-9-]{1,64})\ndescription: (.{1,1024})\n---\n/.exec(files.get('plugin/skills/tracewright/SKILL.md') ?? '') ?? [];
  expect(name).toBe('tracewright');
  expect(description).not.toMatch(/: |[<>]/);
});
