import { callsOf, isGlobal, type Node, propertyName, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Package, Repo, Survey } from '../../src/contract/index.ts';
import { isReached, sourcesOf } from '../service/index.ts';

const methods = new Set(['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table']);

/** The first file of a package that writes with Node's own console, one that its programs load for sure where there is one. */
export function consoleCallOf(pkg: Package, survey: Survey, repo: Repo): string | undefined {
  const files = sourcesOf(pkg, ['console'], survey, repo);
  const sure = files.filter((file) => isReached(file, pkg, survey, repo));
  return [...sure, ...files.filter((file) => !sure.includes(file))].find((file) => {
    const source = sourceOf(file, repo.read(file));
    return (
      source !== undefined &&
      callsOf(source).some((call) => writes(source, call.callee) || call.arguments.some((each) => writes(source, each)))
    );
  });
}

/** `console.log`, called or handed over as a callback. */
function writes(source: Source, node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  return methods.has(propertyName(node) ?? '') && isGlobal(source, node.object, 'console');
}
