import { readJson, removeJson, setJson, valueAt } from './json-merge.ts';
import type { Agent, Asked, Piece } from './piece.ts';
import { nameTaken } from './refuse.ts';
import { addTable, removeTable, setInTable, tomlAt } from './toml-merge.ts';

const NAME = 'tracewright';
const what = 'MCP server';

/** The server in a JSON file, under the key its readers look at. */
function jsonServer(file: string, key: string, agents: readonly Agent[], type: { readonly type?: 'stdio' } = {}): Piece {
  const path = [key, NAME];
  return {
    file,
    agents,
    what,
    add(text, asked) {
      const wanted = serverOf(asked);
      const read = readJson(file, text ?? '');
      const old = valueAt(read, path);
      if (old === undefined) return setJson(read, path, { ...type, ...wanted });
      checkOurs(file, old, wanted);
      return Object.entries(wanted).reduce((merged, [name, value]) => {
        const now = readJson(file, merged);
        return same(valueAt(now, [...path, name])?.value, value) ? merged : setJson(now, [...path, name], value);
      }, text ?? '');
    },
    remove(text) {
      const read = readJson(file, text);
      const old = valueAt(read, path);
      return old === undefined || !isOurs(old.value) ? text : removeJson(read, path);
    },
  };
}

const codexPath = ['mcp_servers', NAME];
const codexFile = '.codex/config.toml';

const codexServer: Piece = {
  file: codexFile,
  agents: ['codex'],
  what,
  add(text = '', asked) {
    const { command, args } = serverOf(asked);
    const old = tomlAt(codexFile, text, codexPath);
    if (old === undefined) return addTable(codexFile, text, codexPath, { command, args });
    checkOurs(codexFile, old, { command, args });
    const values = wordsOf(old.value);
    return same(values, [command, ...args]) ? text : setInTable(codexFile, text, old, { command, args });
  },
  remove(text) {
    const old = tomlAt(codexFile, text, codexPath);
    if (old?.table === undefined || !isOurs(old.value)) return text;
    const left = removeTable(codexFile, text, codexPath);
    return left.trim() === '' ? undefined : left;
  },
};

interface Server {
  readonly command: string;
  readonly args: readonly string[];
}

interface Entry {
  readonly value: unknown;
  readonly line: number;
}

/** How agents start the server. */
export function serverOf({ program }: Asked): Server {
  const [command = '', ...args] = program;
  return { command, args: [...args, 'mcp'] };
}

/** What an entry starts; empty when it starts nothing. */
function wordsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('command' in value)) return [];
  return [value.command, ...('args' in value && Array.isArray(value.args) ? value.args : [])];
}

/** Whether an entry starts some version of this program, wherever it lies. */
function isOurs(value: unknown): boolean {
  const words = wordsOf(value);
  return words.at(-1) === 'mcp' && words.some((word) => /(?:^|[/\\])tracewright(?:@|$)|src[/\\]cli[/\\]main\.[jt]s$/.test(String(word)));
}

function checkOurs(file: string, { value, line }: Entry, { command, args }: Server): void {
  const words = wordsOf(value);
  if (isOurs(value) || same(words, [command, ...args])) return;
  throw nameTaken(file, line, `names another MCP server ${NAME}${words.length === 0 ? '' : `: ${words.join(' ')}`}`);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The MCP server, where each agent looks for it. */
export const serverPieces: readonly Piece[] = [
  jsonServer('.mcp.json', 'mcpServers', ['claude']),
  codexServer,
  jsonServer('.cursor/mcp.json', 'mcpServers', ['cursor']),
  jsonServer('.vscode/mcp.json', 'servers', ['vscode'], { type: 'stdio' }),
];
