import { type Token, tokensOf } from './tokens.ts';

/**
 * Deeper code ends the process inside the native parser, where nothing can be caught: brackets from some 3,000 levels on, arrows, `else`
 * and conditions from 5,000, operators from 20,000, members from 100,000. Whatever can nest counts in that proportion.
 */
const LIMIT = 2_000;
const CLAUSE = 0.5;
const OPERATOR = 0.1;
const MEMBER = 0.02;

type Addition = readonly [field: 'statements' | 'operators' | 'angles', amount: number];

/** What a token adds to the level that it stands in. */
const ADDS = new Map<string, Addition>([
  ...words('if for while with do else', 'statements', CLAUSE),
  ...words('=> ? : = new yield class extends function infer', 'operators', CLAUSE),
  ...words('async await typeof void delete in of instanceof as is satisfies keyof readonly unique asserts', 'operators', OPERATOR),
  ...words('. ?.', 'operators', MEMBER),
  ...words('<', 'angles', CLAUSE),
  ...words('> </ />', 'angles', -CLAUSE),
]);

const BEGINS_STATEMENT = new Set('if for while with do case function class'.split(' '));

const HEAVY = /[([{?:=<]|\b(?:if|for|while|with|do|else|new|yield|class|extends|function|infer)\b/g;
const LIGHT = /[-+*/%&|^~!.`]|\b(?:async|await|typeof|void|delete|in|of|instanceof|as|is|satisfies|keyof|readonly|unique|asserts)\b/g;

/** Whether a text is nested deeper than the parser can stand. */
export function isTooDeep(text: string): boolean {
  if (text.length <= LIMIT) return false;
  // Most files have too little of everything, which is cheap to see.
  return count(text, HEAVY) + count(text, LIGHT) * OPERATOR > LIMIT && isNestedTooDeep(text);
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) found += 1;
  return found;
}

/** What is open between two brackets. */
interface Level {
  /** `if (a) if (b) ...`: ended by the end of a statement, unless `else` follows. */
  statements: number;
  /** Ended by a comma, too. */
  operators: number;
  /** `A<B<C`, and elements in elements. */
  angles: number;
  /** `if (...)`: what follows is no operator. */
  readonly isHeader: boolean;
}

/** Tokens nest in what stands before them, until a bracket, a comma or the end of a statement closes that. */
function isNestedTooDeep(text: string): boolean {
  const levels: Level[] = [];
  let level = startLevel(false);
  let before: Token = { kind: 'start', text: '' };
  let outer = 0;
  for (const token of tokensOf(text)) {
    if (token.kind === 'open') {
      level.operators += MEMBER;
      outer += 1 + sizeOf(level);
      levels.push(level);
      level = startLevel(ADDS.get(before.text)?.[0] === 'statements' || before.text === 'await');
      before = token;
    } else if (token.kind === 'close') {
      const { isHeader } = level;
      level = levels.pop() ?? startLevel(false);
      outer = Math.max(0, outer - 1 - sizeOf(level));
      before = isHeader ? { kind: 'start', text: ')' } : token;
    } else {
      continueLevel(level, before, token);
      before = token;
    }
    if (outer + sizeOf(level) > LIMIT) return true;
  }
  return false;
}

function startLevel(isHeader: boolean): Level {
  return { statements: 0, operators: 0, angles: 0, isHeader };
}

function sizeOf({ statements, operators, angles }: Level): number {
  return statements + operators + angles;
}

function continueLevel(level: Level, before: Token, { kind, text }: Token): void {
  const goesOn = text === 'else';
  const isNext = isOperand(before) && (BEGINS_STATEMENT.has(text) || isPlain(kind, text));
  if (!goesOn && (before.text === ';' || isNext)) level.statements = level.angles = 0;
  if (goesOn || isNext || text === ',' || text === ';') level.operators = 0;
  const [field, amount] = ADDS.get(text) ?? ['operators', kind === 'sign' || text === '`' ? OPERATOR : 0];
  // The first of two tags in a row was no type, and is still open.
  const reopened = text === '<' && before.text === '>' ? amount : 0;
  if (text !== ',' && text !== ';') level[field] = Math.max(0, level[field] + amount + reopened);
}

function isOperand({ kind, text }: Token): boolean {
  return kind === 'close' || kind === 'value' || (kind === 'word' && !ADDS.has(text));
}

/** A name or literal. Behind another one it begins the next statement: nothing joins the two. */
function isPlain(kind: Token['kind'], text: string): boolean {
  return text !== '`' && (kind === 'value' || (kind === 'word' && !ADDS.has(text)));
}

function words(texts: string, field: Addition[0], amount: number): [string, Addition][] {
  return texts.split(' ').map((text) => [text, [field, amount]]);
}
