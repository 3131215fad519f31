import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { type TempRepo, tempRepo } from '../../tests/harness/temp-repo.ts';
import { type AgentsOptions, initAgents, planAgents, undoAgents } from './index.ts';

const program = ['npx', '-y', 'tracewright@1.2.3'];
const all: AgentsOptions = { agents: ['claude', 'codex', 'cursor', 'vscode'], program };
const server = { command: 'npx', args: ['-y', 'tracewright@1.2.3', 'mcp'] };
const repos: TempRepo[] = [];

function repoWith(files: Readonly<Record<string, string | Uint8Array>>): TempRepo {
  const repo = tempRepo(files);
  repos.push(repo);
  return repo;
}

function read(repo: TempRepo, file: string): string {
  return readFileSync(join(repo.root, file), 'utf8');
}

/** The code and detail of what is thrown, and that nothing was written. */
function refusal(repo: TempRepo, options: AgentsOptions): string {
  const before = repo.snapshot();
  try {
    initAgents(repo.root, options);
  } catch (error) {
    expect(repo.snapshot()).toEqual(before);
    return String(error);
  }
  return 'nothing was refused';
}

afterEach(() => {
  for (const repo of repos.splice(0)) repo.remove();
});

describe('initAgents', () => {
  it('writes what every agent reads, twice the same, and takes it out byte for byte', () => {
    const repo = repoWith({ 'package.json': '{}' });
    const before = repo.snapshot();
    const { files } = initAgents(repo.root, all);
    expect(files.map(({ file, kind }) => `${kind} ${file}`)).toEqual([
      'create .agents/skills/tracewright/SKILL.md',
      'create .claude/settings.json',
      'create .claude/skills/tracewright/SKILL.md',
      'create .codex/config.toml',
      'create .cursor/mcp.json',
      'create .mcp.json',
      'create .vscode/mcp.json',
      'create AGENTS.md',
    ]);
    expect(parse(read(repo, '.mcp.json'))).toEqual({ mcpServers: { tracewright: server } });
    expect(parse(read(repo, '.cursor/mcp.json'))).toEqual({ mcpServers: { tracewright: server } });
    expect(parse(read(repo, '.vscode/mcp.json'))).toEqual({ servers: { tracewright: { type: 'stdio', ...server } } });
    expect(getStaticTOMLValue(parseTOML(read(repo, '.codex/config.toml')))).toEqual({ mcp_servers: { tracewright: server } });
    expect(read(repo, '.claude/skills/tracewright/SKILL.md')).toMatch(/^---\nname: tracewright\ndescription: .{1,1024}\n---\n/);
    const after = repo.snapshot();
    expect(initAgents(repo.root, all).files).toEqual([]);
    expect(repo.snapshot()).toEqual(after);
    undoAgents(repo.root, program);
    expect(repo.snapshot()).toEqual(before);
  });

  it('keeps everything else in files that are there: comments, CRLF, a byte order mark, tabs, other servers', () => {
    const repo = repoWith({
      '.mcp.json': '{"mcpServers":{"zeta":{"command":"zeta"}}}',
      '.vscode/mcp.json':
        '\uFEFF// ours\r\n{\r\n\t"servers": {\r\n\t\t"alpha": { "url": "http://127.0.0.1:1" }, // local\r\n\t},\r\n\t"inputs": [],\r\n}',
      '.codex/config.toml': '# mine\r\nmodel = "x"\r\n\r\n[mcp_servers.alpha] # first\r\ncommand = "alpha"',
      '.claude/settings.json':
        '{\n  "hooks": {\n    "PreToolUse": [\n      { "matcher": "Bash", "hooks": [] } // mine\n    ]\n  },\n  "model": "opus"\n}\n',
      'AGENTS.md': '# Rules\r\n\r\nBe kind.',
      'CLAUDE.md': '# Claude\n',
      '.husky/pre-commit': '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\nexit 0\n',
    });
    const before = repo.snapshot();
    initAgents(repo.root, all);
    expect(read(repo, '.mcp.json')).toBe(
      '{"mcpServers":{"tracewright":{"command":"npx","args":["-y","tracewright@1.2.3","mcp"]},"zeta":{"command":"zeta"}}}',
    );
    expect(read(repo, '.vscode/mcp.json')).toBe(
      '\uFEFF// ours\r\n{\r\n\t"servers": {\r\n\t\t"alpha": { "url": "http://127.0.0.1:1" }, // local\r\n\t\t"tracewright": {\r\n\t\t\t"type": "stdio",\r\n\t\t\t"command": "npx",\r\n\t\t\t"args": ["-y", "tracewright@1.2.3", "mcp"]\r\n\t\t},\r\n\t},\r\n\t"inputs": [],\r\n}',
    );
    expect(read(repo, '.codex/config.toml')).toBe(
      '# mine\r\nmodel = "x"\r\n\r\n[mcp_servers.alpha] # first\r\ncommand = "alpha"\r\n\r\n[mcp_servers.tracewright]\r\ncommand = "npx"\r\nargs = ["-y", "tracewright@1.2.3", "mcp"]\r\n',
    );
    const settings: { hooks: { PreToolUse: { matcher: string }[] }; model: string } = parse(read(repo, '.claude/settings.json'));
    expect(settings.hooks.PreToolUse.map(({ matcher }) => matcher)).toEqual(['Bash', 'Edit|MultiEdit|Write', 'Bash']);
    expect(read(repo, '.claude/settings.json')).toContain('{ "matcher": "Bash", "hooks": [] }, // mine\n');
    expect(read(repo, 'AGENTS.md')).toMatch(
      /^# Rules\r\n\r\nBe kind\.\r\n\r\n<!-- tracewright:start -->\r\n[\s\S]*<!-- tracewright:end -->\r\n$/,
    );
    expect(read(repo, 'AGENTS.md').replaceAll('\r\n', '')).not.toContain('\n');
    expect(read(repo, 'CLAUDE.md')).toMatch(/^# Claude\n\n<!-- tracewright:start -->\n.*\n@AGENTS\.md\n<!-- tracewright:end -->\n$/);
    expect(read(repo, '.husky/pre-commit')).toBe(
      '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpx -y tracewright@1.2.3 check --staged # tracewright agent-init\nnpm test\nexit 0\n',
    );
    const after = repo.snapshot();
    expect(initAgents(repo.root, all).files).toEqual([]);
    expect(repo.snapshot()).toEqual(after);
    undoAgents(repo.root);
    expect(repo.snapshot()).toEqual(before);
  });

  it('brings an older version up to date in place, and keeps what a person added to it', () => {
    const repo = repoWith({
      '.mcp.json':
        '{\n  "mcpServers": {\n    "tracewright": { "command": "npx", "args": ["-y", "tracewright@0.0.1", "mcp"], "env": { "A": "1" } }\n  }\n}\n',
      '.codex/config.toml':
        '[mcp_servers.tracewright]\ncommand="npx" # ours\nargs = [\n  "tracewright@0.0.1", # old\n  "mcp",\n]\nenv = { A = "1" }\n',
    });
    const before = repo.snapshot();
    initAgents(repo.root, { agents: ['claude', 'codex'], program });
    expect(read(repo, '.mcp.json')).toContain('"args": ["-y", "tracewright@1.2.3", "mcp"], "env": { "A": "1" } }');
    expect(read(repo, '.codex/config.toml')).toBe(
      '[mcp_servers.tracewright]\ncommand="npx" # ours\nargs = ["-y", "tracewright@1.2.3", "mcp"]\nenv = { A = "1" }\n',
    );
    initAgents(repo.root, { agents: ['claude', 'codex'], program: ['node', '../tracewright/dist/src/cli/main.js'] });
    expect(read(repo, '.mcp.json')).toContain('"args": ["../tracewright/dist/src/cli/main.js", "mcp"]');
    expect(read(repo, 'AGENTS.md').match(/tracewright:start/g)).toHaveLength(1);
    undoAgents(repo.root);
    expect(repo.snapshot()).toEqual(before);
  });

  it('takes only ours out of files that were edited since, with or without its receipt', () => {
    for (const withReceipt of [true, false]) {
      const repo = repoWith({
        'AGENTS.md': '# Rules\n',
        '.husky/pre-commit': 'npm test\n',
        '.codex/config.toml': '[mcp_servers.a]\ncommand = "a"\n',
      });
      initAgents(repo.root, all);
      repo.write(
        '.mcp.json',
        read(repo, '.mcp.json').replace('"mcpServers": {', '"mcpServers": {\n    "mine": { "command": "x" }, // kept'),
      );
      for (const file of ['AGENTS.md', '.husky/pre-commit']) repo.write(file, `${read(repo, file)}more\n`);
      repo.write('.codex/config.toml', `${read(repo, '.codex/config.toml')}\n[mcp_servers.b]\ncommand = "b"\n`);
      repo.write('.claude/settings.json', read(repo, '.claude/settings.json').replace('{', '{\n  "model": "opus",'));
      if (!withReceipt) rmSync(join(repo.root, '.tracewright'), { recursive: true });
      undoAgents(repo.root, program);
      expect(Object.keys(repo.snapshot())).toEqual([
        '.claude/settings.json',
        '.codex/config.toml',
        '.husky/pre-commit',
        '.mcp.json',
        'AGENTS.md',
      ]);
      expect(read(repo, '.mcp.json')).toBe('{\n  "mcpServers": {\n    "mine": { "command": "x" } // kept\n  }\n}\n');
      expect(read(repo, '.codex/config.toml')).toBe('[mcp_servers.a]\ncommand = "a"\n\n[mcp_servers.b]\ncommand = "b"\n');
      expect(parse(read(repo, '.claude/settings.json'))).toEqual({ model: 'opus' });
      expect(read(repo, 'AGENTS.md')).toBe('# Rules\nmore\n');
      expect(read(repo, '.husky/pre-commit')).toBe('npm test\nmore\n');
    }
  });

  it('leaves a skill alone that was edited, and says so', () => {
    const repo = repoWith({});
    initAgents(repo.root, { agents: ['codex'], program });
    const skill = '.agents/skills/tracewright/SKILL.md';
    repo.write(skill, `${read(repo, skill)}\nMine.\n`);
    expect(undoAgents(repo.root, program).left).toEqual([skill]);
    expect(Object.keys(repo.snapshot())).toEqual([skill]);
    expect(() => undoAgents(repo.root, program)).toThrow(/TW2010/);
  });

  it('chooses the agents that are used here, and finds the same ones again', () => {
    const chosen = (files: Readonly<Record<string, string>>): unknown => {
      const repo = repoWith(files);
      const { agents, chosen: how } = initAgents(repo.root, { agents: [], program });
      expect(initAgents(repo.root, { agents: [], program })).toMatchObject({ agents, files: [] });
      return [how, ...agents];
    };
    expect(chosen({})).toEqual(['default', 'claude']);
    expect(chosen({ 'AGENTS.md': 'x' })).toEqual(['default', 'claude']);
    expect(chosen({ '.cursor/rules/a.mdc': '', '.codex/config.toml': '' })).toEqual(['found', 'codex', 'cursor']);
  });

  it('follows names that lead to one file, and refuses those that lead out', () => {
    const repo = repoWith({ 'CLAUDE.md': '# Rules\n', '.agents/skills/own/SKILL.md': 'x' });
    symlinkSync('CLAUDE.md', join(repo.root, 'AGENTS.md'));
    mkdirSync(join(repo.root, '.claude'));
    symlinkSync('../.agents/skills', join(repo.root, '.claude/skills'));
    const { files } = initAgents(repo.root, { agents: ['claude', 'codex'], program });
    expect(files.map(({ file }) => file)).toEqual([
      '.agents/skills/tracewright/SKILL.md',
      '.claude/settings.json',
      '.codex/config.toml',
      '.mcp.json',
      'CLAUDE.md',
    ]);
    expect(read(repo, 'CLAUDE.md')).not.toContain('@AGENTS.md');
    const outside = repoWith({ 'config.json': '{}' });
    const escaping = repoWith({});
    symlinkSync(join(outside.root, 'config.json'), join(escaping.root, '.mcp.json'));
    expect(refusal(escaping, all)).toMatch(/TW2007.*\.mcp\.json/);
    expect(readFileSync(join(outside.root, 'config.json'), 'utf8')).toBe('{}');
  });

  it.each<readonly [string, Readonly<Record<string, string | Uint8Array>>, RegExp]>([
    ['a syntax error', { '.mcp.json': '{\n  "mcpServers": {\n' }, /TW1080.*\.mcp\.json:3 is not JSON/],
    ['a syntax error in TOML', { '.codex/config.toml': 'a = 1\nb = = 2\n' }, /TW1080.*\.codex\/config\.toml:2 is not TOML/],
    ['an inline table', { '.codex/config.toml': 'mcp_servers = { a = { command = "a" } }\n' }, /TW1080.*mcp_servers in a form/],
    ['a list of servers', { '.mcp.json': '{ "mcpServers": [] }' }, /TW1080.*\.mcp\.json:1 mcpServers is not an object/],
    ['hooks that are no list', { '.claude/settings.json': '{ "hooks": { "PreToolUse": {} } }' }, /TW1080.*hooks\.PreToolUse is not a list/],
    ['bytes that are no text', { 'AGENTS.md': Uint8Array.of(0x23, 0xff, 0xfe) }, /TW1080.*AGENTS\.md:1 is not UTF-8/],
    ['half a section', { 'AGENTS.md': 'a\n<!-- tracewright:start -->\nb\n' }, /TW1080.*AGENTS\.md:2 has markers that do not fit/],
    [
      "somebody else's server",
      { '.mcp.json': '{\n  "mcpServers": {\n    "tracewright": { "command": "uvx", "args": ["mine"] }\n  }\n}' },
      /TW1081.*\.mcp\.json:3 names another MCP server tracewright: uvx mine/,
    ],
    [
      "somebody else's table",
      { '.codex/config.toml': '\n[mcp_servers.tracewright]\nurl = "http://127.0.0.1"\n' },
      /TW1081.*config\.toml:2/,
    ],
    ["somebody else's skill", { '.claude/skills/tracewright/SKILL.md': '---\nname: tracewright\n---\n' }, /TW1081.*SKILL\.md:1/],
    ['a folder of that name', { '.mcp.json/keep': '' }, /TW2008.*\.mcp\.json is not a file/],
    ['a file where a folder belongs', { '.vscode': '' }, /TW2008.*\.vscode/],
  ])('refuses %s and writes nothing', (_what, files, sentence) => {
    expect(refusal(repoWith(files), all)).toMatch(sentence);
  });

  it('refuses a read-only file and a folder that is none', () => {
    const repo = repoWith({ '.mcp.json': '{}' });
    chmodSync(join(repo.root, '.mcp.json'), 0o444);
    expect(refusal(repo, all)).toMatch(/TW2008.*\.mcp\.json/);
    expect(() => initAgents(join(repo.root, 'nowhere'), all)).toThrow(/TW1001/);
  });

  it('gives Claude Code the task list of this branch in a git repository, keeps a list of your own, and takes ours out again', () => {
    const local = '.claude/settings.local.json';
    const inGit = (files: Readonly<Record<string, string>>, branch = 'main'): TempRepo => {
      const repo = repoWith(files);
      execFileSync('git', ['init', '-q', '-b', branch], { cwd: repo.root });
      return repo;
    };
    const envOf = (repo: TempRepo): Record<string, string> => parse(read(repo, local)).env;
    const own = '{\n  // mine\n  "env": { "A": "1" }\n}\n';
    const repo = inGit({ [local]: own });
    const { notes } = initAgents(repo.root, { agents: ['claude'], program });
    const { CLAUDE_CODE_TASK_LIST_ID: list = '', ...rest } = envOf(repo);
    expect(list).toMatch(/^tracewright-[A-Za-z0-9_-]+-tracewright-main-[0-9a-f]{8}$/);
    expect(rest).toEqual({ A: '1', CLAUDE_CODE_ENABLE_TODO_TOOLS: '1' });
    expect(notes).toEqual(
      expect.arrayContaining([expect.stringContaining(`${list} after a restart`), expect.stringContaining('add it to .gitignore')]),
    );
    expect(parse(read(repo, '.claude/settings.json')).hooks.TaskCompleted).toEqual([
      { hooks: [{ type: 'command', command: 'cd "$CLAUDE_PROJECT_DIR" && npx -y tracewright@1.2.3 tasks hook', timeout: 30 }] },
    ]);
    execFileSync('git', ['symbolic-ref', 'HEAD', 'refs/heads/other/one'], { cwd: repo.root });
    expect(initAgents(repo.root, { agents: ['claude'], program }).files.map(({ file }) => file)).toEqual([local]);
    expect(envOf(repo)['CLAUDE_CODE_TASK_LIST_ID']).toMatch(/-tracewright-other-one-[0-9a-f]{8}$/);
    repo.write(local, read(repo, local).replace('// mine', '// still mine'));
    repo.write('.claude/settings.json', read(repo, '.claude/settings.json').replace('{', '{\n  "model": "opus",'));
    undoAgents(repo.root, program);
    expect(read(repo, local)).toBe(own.replace('// mine', '// still mine'));
    expect(parse(read(repo, '.claude/settings.json'))).toEqual({ model: 'opus' });
    const chosen = inGit({ [local]: '{"env":{"CLAUDE_CODE_TASK_LIST_ID":"team"}}' });
    initAgents(chosen.root, { agents: ['claude'], program });
    expect(read(chosen, local)).toBe('{"env":{"CLAUDE_CODE_TASK_LIST_ID":"team"}}');
  });

  it('prints what it would write, and writes nothing', () => {
    const repo = repoWith({ '.mcp.json': '{}\n' });
    const before = repo.snapshot();
    const { files } = planAgents(repo.root, { agents: ['claude'], program });
    expect(repo.snapshot()).toEqual(before);
    expect(files.find(({ file }) => file === '.mcp.json')?.patch).toContain('+    "tracewright": {');
  });
});
