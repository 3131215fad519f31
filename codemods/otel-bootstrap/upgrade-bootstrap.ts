import { importsOf, isNameTaken, lineOf, type Node, type Source, sourceOf, styleOf } from '../../src/ast/index.ts';
import type { Repo, Splice, Task } from '../../src/contract/index.ts';
import { type Bootstrap, hookedModules, needsHook, type TracedService } from '../service/index.ts';
import { hookLines } from './bootstrap-text.ts';
import { reasons } from './reasons.ts';

/** What an upgrade changes in bootstraps, and what it leaves to a person. */
export interface Upgrade {
  readonly edits: readonly Splice[];
  readonly tasks: readonly Task[];
}

const nothing: Upgrade = { edits: [], tasks: [] };
const registerHooks = 'import-in-the-middle/register-hooks.mjs';

/**
 * What turns a bootstrap of an earlier version into that of today. Only the statements that differ are looked at, so log calls and
 * whatever else a person added stay.
 *
 *   up to 0.3.0   if (supportsSyncHooks()) hookSync(); else hookThread('…/hook.mjs', import.meta.url);      hooks every module
 *   now           the same with { include }, or nothing where no instrumentation must see imports
 */
export function upgradeBootstrap(bootstrap: Bootstrap, traced: TracedService, repo: Repo): Upgrade {
  const source = bootstrap.form === 'loader' ? sourceOf(bootstrap.file, repo.read(bootstrap.file)) : undefined;
  const load = source && importsOf(source).find(({ kind, specifier }) => kind === 'import' && specifier === registerHooks);
  if (source === undefined || load === undefined) return nothing;
  const hook = source.program.body.find((node) => node.type === 'IfStatement' && /\bhookSync\(/.test(textOf(source, node)));
  if (hook !== undefined && /\binclude\b/.test(textOf(source, hook))) return nothing;
  const isOld = hook !== undefined && oldHook.test(textOf(source, hook).replace(/\s+/g, ' '));
  const edits = isOld ? (needsHook(traced, bootstrap) ? narrow(source, hook, traced) : drop(source, load.statement, hook)) : undefined;
  if (edits !== undefined && strangersIn(source.text, traced).length === 0) return { edits, tasks: [] };
  const line = lineOf(source, (hook ?? load.statement).start);
  return { edits: [], tasks: [{ file: source.file, line, why: reasons.editedHook, next: reasons.editedHookNext(hookedModules(traced)) }] };
}

const oldHook =
  /^if \(supportsSyncHooks\(\)\) hookSync\(\);? else hookThread\((['"])@opentelemetry\/instrumentation\/hook\.mjs\1, import\.meta\.url\);?$/;

function narrow(source: Source, hook: Node, traced: TracedService): readonly Splice[] | undefined {
  if (isNameTaken(source, 'include')) return undefined;
  const { file } = source;
  return [
    {
      kind: 'splice',
      file,
      start: hook.start,
      end: hook.end,
      text: hookLines(traced, styleOf(source)).join('\n'),
      why: reasons.narrowHook,
    },
  ];
}

/** Everything from the load of the loader hook to its start, and the name it was loaded by; undefined when other code stands in between. */
function drop(source: Source, load: Node, hook: Node): readonly Splice[] | undefined {
  const { file, text } = source;
  const node = source.program.body.find((each) => each.type === 'ImportDeclaration' && /^(?:node:)?module$/.test(each.source.value));
  const name = node && /,\s*register as hookThread\b/.exec(textOf(source, node));
  if (node === undefined || !name) return undefined;
  const between = text.slice(node.end, load.start) + text.slice(load.end, hook.start);
  if (between.trim() !== '') return undefined;
  const at = node.start + name.index;
  return [
    { kind: 'splice', file, start: at, end: at + name[0].length, text: '', why: reasons.dropHook },
    { kind: 'splice', file, start: node.end, end: hook.end, text: '', why: reasons.dropHook },
  ];
}

/** Instrumentations that a person added for what the package does not declare; only that person knows whether they need the hook. */
function strangersIn(text: string, { coverage }: TracedService): readonly string[] {
  const loaded = [...text.matchAll(/\(\s*['"](@opentelemetry\/instrumentation-[\w.-]+)['"]\s*\)/g)].map(([, name = '']) => name);
  return loaded.filter((name) => !coverage.covered.some((covered) => covered.name === name));
}

function textOf({ text }: Source, node: Node): string {
  return text.slice(node.start, node.end);
}
