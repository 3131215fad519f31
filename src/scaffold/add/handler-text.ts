import type { Style } from '../../ast/index.ts';
import type { Library } from '../../libraries/index.ts';

/** What a handler is written with. */
export interface Words {
  readonly handlers: NonNullable<Library['handlers']>;
  readonly method: string;
  readonly path: string;
  /** What routes are registered on. */
  readonly receiver: string;
  readonly style: Style;
  /** Names of the neighbour's parameters. */
  readonly params: readonly string[];
  readonly isTyped: boolean;
  /** A text as a literal. */
  readonly quoted: (value: string) => string;
  /** `;` or nothing. */
  readonly end: string;
}

/** A handler that answers with what stands in the path; its lines have no indentation of the place. */
export function handlerText(words: Words): string {
  const names = [...words.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return writers[words.handlers](words, names);
}

type Writer = (words: Words, names: readonly string[]) => string;

const writers: Readonly<Record<Words['handlers'], Writer>> = {
  response: (words, names) => {
    const [request, response] = pair(words, 'request', 'response');
    const first = names.length === 0 ? `_${request}` : request;
    return lines(words, `(${first}, ${response}) =>`, [...read(words, names, `${request}.params`), `${response}.json(${answer(names)})`]);
  },
  returned: (words, names) => {
    const [request] = pair(words, 'request', 'reply');
    const typed = words.isTyped && names.length > 0 ? `<{ Params: { ${names.map((name) => `${name}: string`).join('; ')} } }>` : '';
    const body = [...read(words, names, `${request}.params`), `return ${answer(names)}`];
    return lines(words, `async (${names.length === 0 ? '' : request}) =>`, body, typed);
  },
  context: (words, names) => {
    const [context] = pair(words, 'context', '');
    const taken = names.map((name) => `${words.style.declare} ${name} = ${context}.req.param(${words.quoted(name)})`);
    return lines(words, `(${context}) =>`, [...taken, `return ${context}.json(${answer(names)})`]);
  },
  body: (words, names) => {
    const [context] = pair(words, 'ctx', '');
    const taken = names.map((name) => `${words.style.declare} ${name} = ${context}.params[${words.quoted(name)}]`);
    return lines(words, `(${context}) =>`, [...taken, `${context}.body = ${answer(names)}`]);
  },
};

function pair({ params }: Words, first: string, second: string): readonly [string, string] {
  return [params[0] ?? first, params[1] ?? second];
}

function read({ style }: Words, names: readonly string[], from: string): readonly string[] {
  return names.length === 0 ? [] : [`${style.declare} { ${names.join(', ')} } = ${from}`];
}

function answer(names: readonly string[]): string {
  return names.length === 0 ? '{ ok: true }' : `{ ${names.join(', ')} }`;
}

function lines({ receiver, method, path, style, quoted, end }: Words, head: string, body: readonly string[], typed = ''): string {
  const inner = body.map((line) => `${style.indent}${line}${end}`).join('\n');
  return `${receiver}.${method.toLowerCase()}${typed}(${quoted(path)}, ${head} {\n${inner}\n})${end}`;
}
