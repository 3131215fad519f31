import { createRequire } from 'node:module';
import { parseSync } from 'oxc-parser';
import type { Comment, Program } from './node.ts';

/** What a parser answered: a tree, or where and why it gave up. */
export type ParserAnswer =
  | { readonly program: Program; readonly comments: readonly Comment[] }
  | { readonly message: string; readonly offset: number };

const load = createRequire(import.meta.url);

type SourceType = 'unambiguous' | 'module' | 'commonjs' | 'script';

/** Parses with oxc-parser, which is imported and not required: Node before 20.19 cannot require an ES module. */
export function parseWithOxc(text: string, lang: 'jsx' | 'ts' | 'tsx' | 'dts', sourceType: SourceType): ParserAnswer {
  const result = parseSync('source', text, { lang, sourceType, preserveParens: false });
  const error = result.errors.find((each) => each.severity === 'Error');
  if (error !== undefined) return { message: error.message, offset: error.labels[0]?.start ?? 0 };
  return { program: result.program, comments: result.comments };
}

const proposals = [
  'estree',
  ['flow', { all: true }],
  'flowComments',
  'jsx',
  'doExpressions',
  'exportDefaultFrom',
  'functionBind',
  'functionSent',
  'throwExpressions',
  ['pipelineOperator', { proposal: 'minimal' }],
];

/** Parses what oxc cannot (Flow, legacy proposals) with jscodeshift's Babel parser, asked for ESTree. */
export function parseWithJscodeshift(text: string): ParserAnswer {
  const getParser: (name: string, options: object) => { parse(code: string): { program: Program; comments?: BabelComment[] } } =
    load('jscodeshift/src/getParser.js');
  let failure: ParserAnswer = { message: 'not JavaScript', offset: 0 };
  for (const decorators of [['decorators', { decoratorsBeforeExport: false }], 'decorators-legacy']) {
    try {
      const options = { sourceType: 'unambiguous', allowReturnOutsideFunction: true, plugins: [...proposals, decorators] };
      const { program, comments = [] } = getParser('babylon', options).parse(text);
      return { program, comments: comments.map(plainComment) };
    } catch (cause) {
      failure = { message: cause instanceof Error ? cause.message : String(cause), offset: positionOf(cause) };
    }
  }
  return failure;
}

interface BabelComment {
  readonly type: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function plainComment({ type, value, start, end }: BabelComment): Comment {
  return { type: type === 'CommentBlock' ? 'Block' : 'Line', value, start, end };
}

function positionOf(cause: unknown): number {
  return typeof cause === 'object' && cause !== null && 'pos' in cause && typeof cause.pos === 'number' ? cause.pos : 0;
}
