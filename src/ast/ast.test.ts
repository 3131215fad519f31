import { describe, expect, it } from 'vitest';
import type { Repo } from '../contract/index.ts';
import {
  bindingsOf,
  callsInto,
  importsOf,
  lineOf,
  moduleSyntaxOf,
  nodesOf,
  originOf,
  parseSource,
  quoted,
  resolveExport,
  resolveModule,
  type Source,
  styleOf,
} from './index.ts';

function source(text: string, file = 'a.js'): Source {
  const result = parseSource(file, text);
  if (result.status !== 'parsed') throw new Error(result.message);
  return result.source;
}

function repo(files: Record<string, string>): Repo {
  return { files: Object.keys(files).sort(), read: (file) => files[file], mentioning: () => [] };
}

describe('parseSource', () => {
  it.each([
    ['\uFEFFmark();', 'a.js'],
    ['#!/usr/bin/env node\nmark();', 'bin/www'],
    ['\uFEFF#!/usr/bin/env node\r\nmark();', 'bin/www'],
    ['/* 😀 é */ "😀";\r\nmark();', 'a.js'],
    ['\uFEFF/* 😀 */const a: string = `😀`; mark();', 'a.ts'],
    ['const el = <b>😀</b>; mark();', 'a.js'],
    ['enum A { B }\nconst x = <string>y; mark();', 'a.cts'],
    ['return mark();', 'a.js'],
    ['with (a) { mark(); }', 'a.js'],
    ['\uFEFF// @flow 😀\nimport type { A } from "b";\nconst f = (x: ?string): A => (x: any); mark();', 'a.js'],
    ['#!/usr/bin/env node\n// @flow 😀\nexport type T = {| a: 1 |}; mark();', 'a.js'],
    ['export v from "mod"; mark();', 'a.js'],
    ['class A { @dec x = ::this.y; }\nmark();', 'a.js'],
  ])('gives UTF-16 offsets: %j', (text, file) => {
    const parsed = source(text, file);
    const call = nodesOf(parsed).find((node) => node.type === 'CallExpression');
    expect(text.slice(call?.start, call?.end)).toBe('mark()');
  });

  it('says where a file is broken', () => {
    expect(parseSource('a.ts', 'const a = 1;\nconst = ;\n')).toMatchObject({ status: 'unparsable', line: 2 });
    expect(parseSource('a.js', '\r\n\r\nif (\r\n')).toMatchObject({ status: 'unparsable' });
    expect(parseSource('a.css', 'a {}')).toMatchObject({ status: 'unparsable' });
  });

  it('keeps the shebang out of the comments', () => {
    expect(source('#!/usr/bin/env node\n// one\na();').comments.map((each) => each.value)).toEqual([' one']);
    expect(source('\uFEFF#!/usr/bin/env node\n// one\na();').comments.map((each) => each.value)).toEqual([' one']);
  });

  it('parses the same text once', () => {
    expect(parseSource('cached.js', 'a();')).toBe(parseSource('cached.js', 'a();'));
    expect(parseSource('cached.js', 'b();')).toMatchObject({ source: { text: 'b();' } });
  });
});

describe('importsOf', () => {
  it('reads every way to name a module', () => {
    const parsed = source(
      [
        "import d, { a as b, type T } from 'esm';",
        "import type { U } from 'types';",
        "import * as n from 'ns';",
        "import 'effect';",
        "export * from 'again';",
        "import eq = require('eq');",
        "var x = require('x'), y = require('y').Router;",
        "const { p: q, r = 1 } = require('z');",
        "new require('./routes')(app);",
        "async function f() { const { g } = await import('dyn'); }",
        'if (a) require(`tpl`);',
      ].join('\n'),
      'a.ts',
    );
    const rows = importsOf(parsed).map((each) => {
      const names = each.names.map((name) => `${name.typeOnly ? 'type ' : ''}${name.imported} as ${name.local}`);
      return `${each.kind} ${each.specifier}${each.topLevel ? '' : ' (nested)'}${each.typeOnly ? ' (type)' : ''}: ${names.join(', ')}`;
    });
    expect(rows).toEqual([
      'import esm: default as d, a as b, type T as T',
      'import types (type): type U as U',
      'import ns: * as n',
      'import effect: ',
      're-export again: ',
      'import-equals eq: * as eq',
      'require x: * as x',
      'require y: Router as y',
      'require z: p as q, r as r',
      'require ./routes: ',
      'dynamic-import dyn (nested): g as g',
      'require tpl (nested): ',
    ]);
  });

  it.each([
    ["import a from 'a';", 'import'],
    ["const a = require('a');", 'require'],
    ['exports.a = 1;', 'require'],
    ["import a from 'a'; module.exports = a;", 'mixed'],
    ['console.log(1);', 'none'],
    ['function f(require) { require("a"); }', 'none'],
  ])('moduleSyntaxOf %j is %s', (text, syntax) => {
    expect(moduleSyntaxOf(source(text))).toBe(syntax);
  });
});

describe('originOf', () => {
  it.each([
    ["const e = require('express'); it(e)", 'express:'],
    ["import e from 'express'; it(e)", 'express:'],
    ["import * as e from 'express'; it(e)", 'express:'],
    ["import { default as e, Router as R } from 'express'; it(R)", 'express:Router'],
    ["import { createServer } from 'node:http'; it(createServer)", 'http:createServer'],
    ["var _express = _interopRequireDefault(require('express')); it((0, _express.default))", 'express:'],
    ["const express_1 = __importDefault(require('express')); it(express_1.default)", 'express:'],
    ["const { createServer: c } = require('http'); it(c)", 'http:createServer'],
    ["const http = require('http'); const { createServer } = http; it(createServer)", 'http:createServer'],
    ["var http; http = require('http'); it(http.Server)", 'http:Server'],
    ["it(require('express').Router)", 'express:Router'],
    ["const R = (await import('express')).default; it(R)", 'express:'],
    [
      "import { createRequire } from 'module'; const require = createRequire(import.meta.url); const e = require('express'); it(e)",
      'express:',
    ],
    ["const e = require('express'); function f(e) { it(e) }", 'none'],
    ["let e = require('express'); e = other; it(e)", 'none'],
    ["const e = require('express'); { const e = 1; it(e) }", 'none'],
    ["function require(x) {} const e = require('express'); it(e)", 'none'],
    ["const e = require('express'); { function e() {} it(e) }", 'none'],
    ["const e = require('express'); const f = function e() { it(e) }", 'none'],
    ["const e = require('express'); try {} catch (e) { it(e) }", 'none'],
    ["const e = require('express'); for (const e of x) it(e)", 'none'],
    ["const e = require('express'); function f({ a: [e] }) { it(e) }", 'none'],
    ["const e = require('express'); const o = { e() { it(e) } }", 'express:'],
  ])('%j', (text, expected) => {
    const parsed = source(text);
    const call = nodesOf(parsed).find(
      (node) => node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'it',
    );
    const argument = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
    const origin = argument && originOf(parsed, argument);
    expect(origin ? `${origin.module}:${origin.path}` : 'none').toBe(expected);
  });

  it('lists variables and calls of a module, types left out', () => {
    const parsed = source(
      "import e, { Router, type Request } from 'express';\nfunction f(q: Request) {}\nconst app = e(); Router();\n",
      'a.ts',
    );
    expect(bindingsOf(parsed, 'express').map((each) => `${each.binding.name} ${each.binding.references.length}`)).toEqual([
      'e 1',
      'Router 1',
      'Request 0',
    ]);
    expect(callsInto(parsed, 'express').map((each) => `${each.origin.path}@${lineOf(parsed, each.call.start)}`)).toEqual([
      '@3',
      'Router@3',
    ]);
  });
});

describe('styleOf', () => {
  it('measures the file', () => {
    expect(styleOf(source('var a = "x"\r\nfunction f () {\r\n\treturn "y"\r\n}\r\n'))).toEqual({
      indent: '\t',
      quote: '"',
      semicolons: false,
      eol: '\r\n',
      finalNewline: true,
      declare: 'var',
    });
    expect(styleOf(source("const a = 'x';\nif (a) {\n    b();\n}"))).toEqual({
      indent: '    ',
      quote: "'",
      semicolons: true,
      eol: '\n',
      finalNewline: false,
      declare: 'const',
    });
  });

  it('quotes as the file does', () => {
    expect(quoted(styleOf(source("a('x')")), "it's \\")).toBe("'it\\'s \\\\'");
  });
});

describe('resolveModule', () => {
  const tree = repo({
    'src/a.ts': '',
    'src/b.js': '',
    'src/b.ts': '',
    'src/index.ts': '',
    'lib/package.json': '{"main":"./dist/main"}',
    'lib/dist/main.js': '',
    'lib/index.js': '',
    'odd/package.json': 'not json',
    'odd/index.js': '',
    'bin/www': '',
    'a.js': '',
    'a/index.js': '',
  });
  it('follows path aliases of the nearest tsconfig.json', () => {
    const aliased = repo({
      'tsconfig.json': '{ /* root */ "compilerOptions": { "baseUrl": "lib" } }',
      'api/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "config": ["./src/settings.ts"], }, }, }',
      'api/src/app.ts': '',
      'api/src/settings.ts': '',
      'lib/tools/index.ts': '',
      'main.ts': '',
    });
    expect(resolveModule(aliased, 'api/src/index.ts', '@/app')).toBe('api/src/app.ts');
    expect(resolveModule(aliased, 'api/src/index.ts', 'config')).toBe('api/src/settings.ts');
    expect(resolveModule(aliased, 'api/src/index.ts', 'config/more')).toBeUndefined();
    expect(resolveModule(aliased, 'main.ts', 'tools')).toBe('lib/tools/index.ts');
    expect(resolveModule(aliased, 'main.ts', 'express')).toBeUndefined();
  });

  it.each([
    ['src/a.ts', './b', 'src/b.ts'],
    ['src/b.js', './b', 'src/b.js'],
    ['src/b.js', './a.js', 'src/a.ts'],
    ['src/a.ts', '.', 'src/index.ts'],
    ['src/a.ts', '../lib', 'lib/dist/main.js'],
    ['src/a.ts', '../odd', 'odd/index.js'],
    ['a.js', './bin/www', 'bin/www'],
    ['src/b.js', '../a', 'a.js'],
    ['src/b.js', '../a/', 'a/index.js'],
    ['src/b.js', '..', undefined],
    ['a.js', '../outside', undefined],
    ['a.js', 'express', undefined],
    ['a.js', './missing', undefined],
  ])('%s imports %s', (from, specifier, expected) => {
    expect(resolveModule(tree, from, specifier)).toBe(expected);
  });
});

describe('resolveExport', () => {
  const tree = repo({
    'cjs.js': 'var app = module.exports = express(); app.get("/");',
    'object.js': "const { a } = require('./named'); function h(q, s) {} module.exports = { h, a, k: () => 1 };",
    'named.js': 'exports.a = function named(x) {}; module.exports.b = 2;',
    'esm.ts': "export { h as renamed } from './object'; export * from './named'; export default function main() {}",
    'chain.ts':
      "import { renamed } from './esm'; const alias = renamed; export { alias as h, alias }; export const again = alias; export = again;",
    'loop.js': "module.exports = require('./loop');",
    'babel.js': 'exports.default = void 0; exports.default = function late() {};',
    'space.ts':
      '\uFEFFexport namespace Handlers { export function answer(q: unknown, s: unknown) {} }\nexport import short = Handlers.answer;',
    'all.ts': "export * as spaces from './space.js';",
    'use.ts':
      "import { spaces } from './all'; import { Handlers } from './space'; export const a = Handlers.answer; export const b = spaces.short; export const c = Box.open; class Box { static open() { return 1; } }",
    'let.js': 'let app; app = make(); export default app;',
    'parameter.js': 'module.exports = { make }; function make(handler) { exports.given = handler; }',
    'changing.js': 'let app = a(); app = b(); export default app;',
  });
  it.each([
    ['cjs.js', 'default', 'express()'],
    ['object.js', 'h', 'function h(q, s) {}'],
    ['object.js', 'k', '() => 1'],
    ['object.js', 'a', 'function named(x) {}'],
    ['named.js', 'b', '2'],
    ['esm.ts', 'renamed', 'function h(q, s) {}'],
    ['esm.ts', 'a', 'function named(x) {}'],
    ['esm.ts', 'default', 'function main() {}'],
    ['chain.ts', 'h', 'function h(q, s) {}'],
    ['chain.ts', 'again', 'function h(q, s) {}'],
    ['chain.ts', 'default', 'function h(q, s) {}'],
    ['use.ts', 'a', 'function answer(q: unknown, s: unknown) {}'],
    ['use.ts', 'b', 'function answer(q: unknown, s: unknown) {}'],
    ['use.ts', 'c', '() { return 1; }'],
    ['space.ts', 'short', 'function answer(q: unknown, s: unknown) {}'],
    ['loop.js', 'default', undefined],
    ['parameter.js', 'given', undefined],
    ['babel.js', 'default', 'function late() {}'],
    ['let.js', 'default', 'make()'],
    ['changing.js', 'default', undefined],
    ['named.js', 'missing', undefined],
    ['missing.js', 'default', undefined],
  ])('%s %s', (file, name, expected) => {
    const found = resolveExport(tree, file, name);
    expect(found?.source.text.slice(found.node.start, found.node.end)).toBe(expected);
  });
});
