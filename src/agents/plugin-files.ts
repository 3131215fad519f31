import { hooksFor } from './hook-pieces.ts';
import { writeValue } from './json-layout.ts';
import type { Asked } from './piece.ts';
import { serverOf } from './server-pieces.ts';
import { skill } from './texts.ts';

/** What package.json says of the toolkit. */
export interface Product {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** Its name in the MCP registry. */
  readonly mcpName: string;
}

const name = 'tracewright';
const title = 'Tracewright';
const pitch = 'OpenTelemetry tracing for Node.js by vetted codemods, proven with real traces';
const category = 'Developer Tools';

/** The files that make this repository a plugin marketplace of Claude Code and of Codex, and a server of the MCP registry: path to text. */
export function pluginFiles({ version, description, license, mcpName }: Product): ReadonlyMap<string, string> {
  const asked: Asked = { program: ['npx', '-y', `${name}@${version}`] };
  const about = { name, version, description, author: { name: title }, license };
  return new Map([
    ['.agents/plugins/marketplace.json', json({ name, interface: { displayName: title }, plugins: [codexEntry()] })],
    [
      '.claude-plugin/marketplace.json',
      json({
        name,
        owner: { name: title },
        metadata: { description: pitch },
        plugins: [{ ...about, source: './plugin', category: 'development' }],
      }),
    ],
    ['plugin/.claude-plugin/plugin.json', json(about)],
    ['plugin/.codex-plugin/plugin.json', json({ ...about, skills: './skills/', mcpServers: './.mcp.json', interface: listing() })],
    ['plugin/.mcp.json', json({ mcpServers: { [name]: serverOf(asked) } })],
    ['plugin/hooks/hooks.json', json({ hooks: hooksFor(asked) })],
    ['plugin/skills/tracewright/SKILL.md', skill(asked)],
    ['server.json', json(registryEntry(version, mcpName))],
  ]);
}

function codexEntry(): object {
  return {
    name,
    source: { source: 'local', path: './plugin' },
    policy: { installation: 'AVAILABLE', authentication: 'ON_INSTALL' },
    category,
  };
}

function listing(): object {
  return { displayName: title, shortDescription: pitch, developerName: title, category };
}

/** https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json */
function registryEntry(version: string, mcpName: string): object {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: mcpName,
    title,
    description: pitch,
    version,
    packages: [
      {
        registryType: 'npm',
        identifier: name,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        packageArguments: [{ type: 'positional', value: 'mcp' }],
      },
    ],
  };
}

function json(value: object): string {
  const layout = { inline: false, eol: '\n', unit: '  ', indent: '', close: '', colon: ': ' };
  return `${writeValue(value, layout)}\n`;
}
