import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, removeJson, setJson } from './json-merge.ts';

const path = ['mcpServers', 'tracewright'];
const server = { command: 'npx', args: ['-y', 'mcp'] };

function merged(text: string): string {
  return setJson(readJson('.mcp.json', text), path, server);
}

const shapes: readonly (readonly [string, string, string])[] = [
  [
    'an empty file',
    '',
    '{\n  "mcpServers": {\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }\n  }\n}\n',
  ],
  [
    'an empty object',
    '{}',
    '{\n  "mcpServers": {\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }\n  }\n}',
  ],
  [
    'comments that belong to neighbours',
    '{\n  // servers\n  "mcpServers": {\n    // the first\n    "aaa": {}, // about aaa\n    // the last\n    "zzz": {} // about zzz\n  }\n}\n',
    '{\n  // servers\n  "mcpServers": {\n    // the first\n    "aaa": {}, // about aaa\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    },\n    // the last\n    "zzz": {} // about zzz\n  }\n}\n',
  ],
  [
    'a comment behind the last member',
    '{\n  "mcpServers": {\n    "aaa": {} // about aaa\n    // the end\n  }\n}\n',
    '{\n  "mcpServers": {\n    "aaa": {}, // about aaa\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }\n    // the end\n  }\n}\n',
  ],
  [
    'a trailing comma',
    '{\n\t"mcpServers": {\n\t\t"aaa": {},\n\t},\n}\n',
    '{\n\t"mcpServers": {\n\t\t"aaa": {},\n\t\t"tracewright": {\n\t\t\t"command": "npx",\n\t\t\t"args": ["-y", "mcp"]\n\t\t},\n\t},\n}\n',
  ],
  [
    'CRLF, a byte order mark and four spaces',
    '\uFEFF{\r\n    "other": 1\r\n}',
    '\uFEFF{\r\n    "mcpServers": {\r\n        "tracewright": {\r\n            "command": "npx",\r\n            "args": ["-y", "mcp"]\r\n        }\r\n    },\r\n    "other": 1\r\n}',
  ],
  ['one line', '{"mcpServers":{"aaa":{}}}', '{"mcpServers":{"aaa":{},"tracewright":{"command":"npx","args":["-y","mcp"]}}}'],
  [
    'an object on one line',
    '{\n  "mcpServers": { "zzz": {} }\n}\n',
    '{\n  "mcpServers": { "tracewright": { "command": "npx", "args": ["-y", "mcp"] }, "zzz": {} }\n}\n',
  ],
  [
    'an empty object with a comment',
    '{\n  "mcpServers": {\n    // none yet\n  }\n}\n',
    '{\n  "mcpServers": {\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }\n    // none yet\n  }\n}\n',
  ],
  [
    'members that nobody sorted',
    '{\n  "mcpServers": {\n    "zzz": {},\n    "aaa": {}\n  }\n}\n',
    '{\n  "mcpServers": {\n    "zzz": {},\n    "aaa": {},\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }\n  }\n}\n',
  ],
  [
    'commas that lead',
    '{\n  "mcpServers": {\n    "aaa": {}\n  , "zzz": {}\n  }\n}\n',
    '{\n  "mcpServers": {\n    "aaa": {}\n  ,\n    "tracewright": {\n      "command": "npx",\n      "args": ["-y", "mcp"]\n    }, "zzz": {}\n  }\n}\n',
  ],
];

describe('setJson', () => {
  it.each(shapes)('puts a member into %s, and moves no other byte', (_what, before, after) => {
    expect(merged(before)).toBe(after);
    expect(merged(after)).toBe(after);
  });

  it('replaces a value in place', () => {
    const text = '{\n  "mcpServers": {\n    "tracewright": { "command": "old" } // ours\n  }\n}\n';
    const after = setJson(readJson('f', text), [...path, 'command'], 'new');
    expect(after).toBe(text.replace('old', 'new'));
  });

  it('appends to a list', () => {
    const text = '{\n  "hooks": {\n    "PreToolUse": [\n      { "matcher": "Bash" } // theirs\n    ]\n  }\n}\n';
    expect(setJson(readJson('f', text), ['hooks', 'PreToolUse', 1], { matcher: 'Edit' })).toBe(
      text.replace('{ "matcher": "Bash" } // theirs', '{ "matcher": "Bash" }, // theirs\n      {\n        "matcher": "Edit"\n      }'),
    );
  });

  it.each([
    ['{\n  "a": 1,\n  "b" 2\n}', /TW1080.*f:3 is not JSON: colon expected/],
    ['[]', /TW1080.*f:1 does not hold a JSON object/],
    ['{\n  "mcpServers": []\n}', /TW1080.*f:2 mcpServers is not an object/],
  ])('refuses %j', (text, sentence) => {
    expect(() => setJson(readJson('f', text), path, server)).toThrow(sentence);
  });

  it('keeps every other value of any JSON, however it is indented', () => {
    const member = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(member, member, fc.constantFrom(undefined, 2, '\t'), (top, servers, indent) => {
        const old = { ...top, mcpServers: servers };
        const after: unknown = JSON.parse(merged(JSON.stringify(old, undefined, indent)));
        expect(after).toEqual(JSON.parse(JSON.stringify({ ...old, mcpServers: { ...servers, tracewright: server } })));
      }),
    );
  });
});

describe('removeJson', () => {
  it.each(shapes.filter(([, before]) => before.includes('aaa')))('takes it out of %s again', (_what, before, after) => {
    expect(removeJson(readJson('f', after), path)).toBe(before);
  });

  it('keeps what a comment is about', () => {
    const [, , after] = shapes.find(([what]) => what === 'an empty object with a comment') ?? ['', '', ''];
    expect(removeJson(readJson('f', after), path)).toBe('{\n  "mcpServers": {\n    // none yet\n  }\n}\n');
  });

  it('leaves nothing of a file that held nothing else', () => {
    expect(removeJson(readJson('f', merged('')), path)).toBeUndefined();
  });

  it('is the opposite of setJson for any JSON', () => {
    const members = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__' && name !== 'tracewright'),
      fc.jsonValue(),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(members, fc.constantFrom(undefined, 2, '\t'), (mcpServers, indent) => {
        const text = JSON.stringify({ mcpServers }, undefined, indent);
        expect(removeJson(readJson('f', merged(text)), path)).toBe(text);
      }),
    );
  });
});
