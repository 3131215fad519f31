import type { Repo } from '../contract/index.ts';
import { layoutOf, type Node, nodesOf, type Source } from './node.ts';
import { sourceOf } from './parse.ts';

/** The expression or declaration behind a name, in the file that defines it. */
export interface Definition {
  readonly source: Source;
  readonly node: Node;
}

/** Where a definition is. The tree is not kept, so that what was once looked at may be forgotten. */
interface Place {
  readonly file: string;
  readonly index: number;
}

const answers = new WeakMap<Repo, Map<string, Place | undefined>>();

/**
 * The answer to a question about a repository, worked out once: code that leads to the same file by many ways, or nowhere by many ways, would
 * otherwise be followed once for each way.
 */
export function answerOnce(repo: Repo, question: string, compute: () => Definition | undefined): Definition | undefined {
  let known = answers.get(repo);
  if (known === undefined) {
    known = new Map();
    answers.set(repo, known);
  }
  const place = known.get(question);
  if (place !== undefined) return definitionAt(repo, place);
  if (known.has(question)) return undefined;
  const found = compute();
  known.set(question, found && placeOf(found));
  return found;
}

function placeOf({ source, node }: Definition): Place | undefined {
  const index = layoutOf(source).indexes.get(node);
  return index === undefined ? undefined : { file: source.file, index };
}

function definitionAt(repo: Repo, { file, index }: Place): Definition | undefined {
  const source = sourceOf(file, repo.read(file));
  const node = source && nodesOf(source)[index];
  return source && node && { source, node };
}
