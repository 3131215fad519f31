import { quoted, type Style, semicolon, sourceOf, staticString, styleOf } from '../../src/ast/index.ts';
import type { Covered } from '../../src/cohort/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { wantsImportEquals } from '../kit/index.ts';
import { type Bootstrap, hookedModules, needsHook, readsDeclarations, registerModule, type TracedService } from '../service/index.ts';
import { requireLint } from './require-lint.ts';

const comment = '// Starts tracing, so it must load before everything else. The standard OTEL_* variables configure it.';
const plain: Style = { indent: '  ', quote: "'", semicolons: true, eol: '\n', finalNewline: true, declare: 'const' };

/** The whole bootstrap file, in the style of the entry it is loaded from. */
export function bootstrapText(bootstrap: Bootstrap, traced: TracedService, repo: Repo): string {
  const style = styleFor(bootstrap, repo);
  const { covered } = traced.coverage;
  const lines = [
    ...directives(bootstrap, style, repo),
    comment,
    ...loads(bootstrap, traced, repo, style),
    '',
    ...registration(traced.service.name, covered, style, isImportEquals(bootstrap, repo) ? 'tracing.register' : 'register'),
    '',
  ];
  return lines.join(style.eol);
}

/** `'use strict'` where the entry has it; modules are strict without it. */
function directives(bootstrap: Bootstrap, style: Style, repo: Repo): readonly string[] {
  if (bootstrap.form !== 'require') return [];
  const entry = bootstrap.entries[0];
  const statement = entry && sourceOf(entry.file, repo.read(entry.file))?.program.body[0];
  const isStrict = statement?.type === 'ExpressionStatement' && staticString(statement.expression) === 'use strict';
  return isStrict ? [quoted(style, 'use strict') + semicolon(style), ''] : [];
}

function styleFor(bootstrap: Bootstrap, repo: Repo): Style {
  const entry = bootstrap.entries[0];
  const source = entry && sourceOf(entry.file, repo.read(entry.file));
  if (source === undefined) return plain;
  const style = styleOf(source);
  return bootstrap.form === 'require' ? style : { ...style, declare: 'const' };
}

function loads(bootstrap: Bootstrap, traced: TracedService, repo: Repo, style: Style): readonly string[] {
  const { covered } = traced.coverage;
  const requires = covered.map((each) => requireLine(style, each.exports, each.name));
  if (bootstrap.form === 'require') return [requireLine(style, 'register', registerModule), ...requires];
  if (bootstrap.form === 'loader')
    return [...loaderHead(needsHook(traced, bootstrap), traced, style), requireLine(style, 'register', registerModule), ...requires];
  if (isImportEquals(bootstrap, repo))
    return [`import tracing = require(${quoted(style, registerModule)})${semicolon(style)}`, ...requires];
  const isTyped = !bootstrap.file.endsWith('.ts') || readsDeclarations(traced.pkg, traced.cohort, repo);
  const start = importLine(style, 'register', registerModule);
  if (covered.length === 0) return [start];
  // In alphabetical order, which some linters ask for.
  const sorted = covered.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((each) => importLine(style, each.exports, each.name));
  return isTyped ? [...sorted, start] : [start, '', ...requireLint(traced.pkg, repo), ...requires];
}

function isImportEquals({ form, entries: [entry] }: Bootstrap, repo: Repo): boolean {
  const source = form === 'import' && entry !== undefined ? sourceOf(entry.file, repo.read(entry.file)) : undefined;
  return source !== undefined && wantsImportEquals(source, repo);
}

/** The SDK is loaded as CommonJS; loaded as ES modules it sends doubled or broken traces on some Node.js versions. */
function loaderHead(hook: boolean, traced: TracedService, style: Style): readonly string[] {
  const end = semicolon(style);
  const node = quoted(style, traced.cohort.id === 'sdk-1' ? 'module' : 'node:module');
  const create = `const require = createRequire(import.meta.url)${end}`;
  if (!hook) return [`import { createRequire } from ${node}${end}`, '', create];
  return [
    `import { createRequire, register as hookThread } from ${node}${end}`,
    `import { register as hookSync, supportsSyncHooks } from ${quoted(style, 'import-in-the-middle/register-hooks.mjs')}${end}`,
    '',
    ...hookLines(traced, style),
    '',
    create,
  ];
}

/** Hooks the loader for what is instrumented and needs it. */
export function hookLines(traced: TracedService, style: Style): readonly string[] {
  const end = semicolon(style);
  const names = hookedModules(traced).map((name) => quoted(style, name));
  return [
    '// The hook changes how a module loads, so it gets only what is instrumented.',
    `const include = [${names.join(', ')}]${end}`,
    `if (supportsSyncHooks()) hookSync({ include })${end}`,
    `else hookThread(${quoted(style, '@opentelemetry/instrumentation/hook.mjs')}, import.meta.url, { data: { include } })${end}`,
  ];
}

function requireLine(style: Style, name: string, module: string): string {
  const call = `require(${quoted(style, module)})`;
  const text = style.declare === 'var' ? `var ${name} = ${call}.${name}` : `const { ${name} } = ${call}`;
  return text + semicolon(style);
}

function importLine(style: Style, name: string, module: string): string {
  return `import { ${name} } from ${quoted(style, module)}${semicolon(style)}`;
}

function registration(name: string, covered: readonly Covered[], style: Style, register: string): readonly string[] {
  const service = `serviceName: ${quoted(style, name)}`;
  if (covered.length === 0) return [`${register}({ ${service} })${semicolon(style)}`];
  const made = covered.map((each) => `new ${each.exports}()`);
  const comma = style.declare === 'var' ? '' : ',';
  const line = `${style.indent}instrumentations: [${made.join(', ')}]${comma}`;
  const list = [
    `${style.indent}instrumentations: [`,
    ...made.map((each, index) => style.indent + style.indent + each + (index < made.length - 1 ? ',' : comma)),
    `${style.indent}]${comma}`,
  ];
  return [`${register}({`, `${style.indent}${service},`, ...(line.length <= 100 ? [line] : list), `})${semicolon(style)}`];
}
