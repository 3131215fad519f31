/** A piece of code, as far as nesting needs it. */
export interface Token {
  readonly kind: 'start' | 'open' | 'close' | 'word' | 'value' | 'sign';
  /** Of strings and regular expressions nothing; '`' where a template begins. */
  readonly text: string;
}

const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const STRING = /"(?:[^"\\\n]+|\\[\s\S])*"?|'(?:[^'\\\n]+|\\[\s\S])*'?/y;
const WORD = /[\w$\u0080-\uFFFF]+/y;
const REGEX = /\/(?![*/])(?:[^/\\[\n]+|\\.|\[(?:[^\]\\\n]+|\\.)*\])+\/\w*/y;
const SIGN = /=>|<\/|\/>|\?\.(?!\d)|\?\?|[=!]==?|[<>]=|&&|\|\||\*\*|\+\+|--|[\s\S]/y;
const TEMPLATE = /(?:[^`\\$]+|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;

/** Tokens of JavaScript or TypeScript, told apart well enough to see what nests in what. */
export function* tokensOf(text: string): Generator<Token> {
  /** For each open bracket, whether a template goes on behind it. */
  const templates: boolean[] = [];
  let at = 0;
  let before: Token = { kind: 'start', text: '' };
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ''] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };
  for (take(BLANK); at < text.length; take(BLANK)) {
    const token = next(text[at] ?? '', before, take);
    yield token;
    before = token;
    let inTemplate = token.text === '`' && token.kind === 'value';
    if (token.kind === 'close') inTemplate = templates.pop() ?? false;
    if (inTemplate && take(TEMPLATE).endsWith('${')) {
      templates.push(true);
      before = { kind: 'open', text: '{' };
      yield before;
    } else if (token.kind === 'open') templates.push(false);
  }
}

function next(first: string, before: Token, take: (pattern: RegExp) => string): Token {
  if ((first === '"' || first === "'") && take(STRING) !== '') return { kind: 'value', text: '' };
  if (first === '/' && !endsValue(before) && take(REGEX) !== '') return { kind: 'value', text: '' };
  const word = take(WORD);
  if (word !== '') return { kind: 'word', text: word };
  const sign = take(SIGN);
  if ('([{'.includes(sign)) return { kind: 'open', text: sign };
  if (')]}'.includes(sign)) return { kind: 'close', text: sign };
  return { kind: sign === '`' ? 'value' : 'sign', text: sign };
}

/** Whether a slash behind it divides. */
function endsValue({ kind, text }: Token): boolean {
  if (kind === 'word') return !/^(?:return|typeof|case|in|of|else|do|void)$/.test(text);
  return kind === 'value' || (kind === 'close' && text !== '}');
}
