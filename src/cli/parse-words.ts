import { CommanderError, Command as Parser } from 'commander';
import { nearest, type PlanOptions, TracewrightError } from '../contract/index.ts';
import { type Command, type CommandName, type CommandOption, commands } from './commands.ts';
import { readList } from './read-list.ts';

/** What a person asked for. */
export interface Invocation {
  readonly command: CommandName;
  readonly argument?: string;
  /** The arguments after the first. */
  readonly others: readonly string[];
  /** The words after `--`: a command of the user's own. */
  readonly words: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
}

/** What `--only`, `--with` and `--skip` choose. */
export function chosenBy(invocation: Invocation): PlanOptions {
  return { only: invocation.list('only'), with: invocation.list('with'), skip: invocation.list('skip') };
}

/** The words before `--`, which are ours, and those after it, which are not. */
export function splitWords(words: readonly string[]): readonly [own: readonly string[], passed: readonly string[]] {
  const at = words.indexOf('--');
  return at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
}

/** Words of the command line, understood; wrong ones are refused with the nearest right one. */
export function parseWords(words: readonly string[]): Invocation {
  const [own, passed] = splitWords(words);
  const found: Omit<Invocation, 'words'>[] = [];
  const parser = quiet(new Parser('tracewright'));
  for (const command of commands) addCommand(parser, command, (invocation) => found.push(invocation));
  try {
    parser.parse([...own], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw refuse(error);
    throw error;
  }
  const [invocation] = found;
  if (invocation === undefined) throw new TracewrightError('TW1070', words.join(' '));
  if (words.includes('--') && !commands.some(({ name, passes }) => name === invocation.command && passes === true))
    throw new TracewrightError('TW1072', `'${invocation.command}' runs no command of yours; leave out --`);
  if (words.includes('--') && passed.length === 0) throw new TracewrightError('TW1072', 'a command is missing after --');
  return { ...invocation, words: passed };
}

type Keep = (invocation: Omit<Invocation, 'words'>) => void;

function addCommand(parser: Parser, { name, argument = '', options, actions }: Command, keep: Keep): void {
  const one = quiet(parser.command(name));
  addOptions(one, options);
  if (actions === undefined) {
    whenCalled(one, argument, (word, others) => keep({ command: name, ...word, others, ...readOptions(one) }));
    return;
  }
  for (const action of actions) {
    const inner = quiet(one.command(action.name));
    addOptions(inner, [...action.options, ...options]);
    whenCalled(inner, action.argument, ({ argument: first }, others) =>
      keep({ command: name, argument: action.name, others: first === undefined ? [] : [first, ...others], ...readOptions(inner) }),
    );
  }
  one.argument('[action]').action((word = '') => {
    const names = actions.map((action) => action.name);
    const meant = nearest(word, names);
    const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
    throw new TracewrightError('TW1072', word === '' ? `${name} needs an action; ${hint}` : `'${word}' is no action of ${name}; ${hint}`);
  });
}

function addOptions(parser: Parser, options: readonly CommandOption[]): void {
  for (const { flags, description } of options) parser.option(flags, description);
}

function whenCalled(parser: Parser, argument: string, act: (word: { argument?: string }, others: readonly string[]) => void): void {
  const places = argument.match(/[<[][^>\]]+[>\]]/g) ?? [];
  for (const place of places) parser.argument(place);
  parser.action((...given: unknown[]) => {
    const [word, ...others] = given.slice(0, places.length).filter((each) => typeof each === 'string');
    act(word === undefined ? {} : { argument: word }, others);
  });
}

function readOptions(parser: Parser): Pick<Invocation, 'flag' | 'text' | 'list'> {
  const values = parser.optsWithGlobals<Record<string, unknown>>();
  return {
    flag: (key) => values[key] === true,
    text: (key) => (typeof values[key] === 'string' ? values[key] : undefined),
    list: (key) => readList(values[key]),
  };
}

function quiet(parser: Parser): Parser {
  return parser
    .exitOverride()
    .helpOption(false)
    .helpCommand(false)
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
}

/** Commander's sentence (`error: unknown command 'paln'\n(Did you mean plan?)`) as one of our errors. */
function refuse(error: CommanderError): TracewrightError {
  const detail = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  if (error.code === 'commander.unknownCommand')
    return new TracewrightError('TW1070', detail.replace('unknown command ', ''), { cause: error });
  if (error.code === 'commander.unknownOption')
    return new TracewrightError('TW1071', detail.replace('unknown option ', ''), { cause: error });
  return new TracewrightError('TW1072', detail, { cause: error });
}
