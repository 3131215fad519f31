import {
  type AssignmentPrefix,
  type Command,
  type CommandArgument,
  type CommandNode,
  type PipelineNode,
  parse,
  type Redirection,
  type Word as ShellWord,
  type Statement,
} from 'unbash';
import { type Decoded, decode, type Word, wordIn } from '../read/words.ts';

/** A command without pipes and lists: `A=b node app.js`. */
export interface SimpleCommand {
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly words: readonly Word[];
  /** Folders of the `cd` commands before it. */
  readonly cds: readonly string[];
}

interface Scene<T> {
  readonly decoded: Decoded;
  readonly lead: Lead<T>;
}

type ShellNode = PipelineNode | Statement['command'];

/** Asks each simple command where it leads, and keeps what the shell would leave running. */
export type Lead<T> = (command: SimpleCommand) => T[];

/**
 * Where a shell text leads.
 *
 *   a && b ; c      the last command that leads anywhere; the others have ended by then
 *   a & b           both
 *   a | b           the first one: the others only read its output
 *   a > b.json      nowhere: it makes a file and ends
 *   if, case        every branch
 */
export function leadShell<T>(decoded: Decoded, lead: Lead<T>): T[] {
  return sequence(parse(decoded.text).commands, [], { decoded, lead });
}

function sequence<T>(statements: readonly Statement[], cds: readonly string[], scene: Scene<T>): T[] {
  const placed = withFolders(
    statements.map((each) => ({ node: each.command, isBackground: each.background === true })),
    cds,
  );
  const background = placed.filter((each) => each.isBackground).flatMap((each) => leadNode(each.node, each.cds, scene));
  return [
    ...background,
    ...lastThatLeads(
      placed.filter((each) => !each.isBackground),
      scene,
    ),
  ];
}

function withFolders<P extends { readonly node: ShellNode }>(
  parts: readonly P[],
  cds: readonly string[],
): (P & { cds: readonly string[] })[] {
  return parts.map((part, index) => ({ ...part, cds: [...cds, ...parts.slice(0, index).flatMap((each) => foldersOf(each.node))] }));
}

function foldersOf(node: ShellNode): string[] {
  if (node.type === 'AndOr') return node.commands.flatMap(foldersOf);
  if (node.type !== 'Command' || node.name?.value !== 'cd') return [];
  return node.suffix.flatMap((each) => (each.type === 'Word' ? [each.value] : [])).slice(0, 1);
}

function lastThatLeads<T>(parts: readonly { readonly node: ShellNode; readonly cds: readonly string[] }[], scene: Scene<T>): T[] {
  let isFollowed = false;
  for (const { node, cds } of parts.toReversed()) {
    const found = leadNode(node, cds, scene);
    if (found.length > 0 && !(isFollowed && isNode(node))) return found;
    isFollowed ||= goesOn(node);
  }
  return [];
}

/** Node itself, which a shell waits for; `pm2 start` and the like come back at once. */
function isNode(node: ShellNode): boolean {
  return node.type === 'Command' && /^(node|nodejs|ts-node|tsx|babel-node|swc-node)$/.test(node.name?.value ?? '');
}

/** What only says how it went, tidies up or sets the shell, after a program has ended. */
const aftermath = /^(echo|printf|exit|true|false|:|set|wait|sleep|rm|kill|killall|pkill|touch|cat|date|trap|export|unset|cd|return|read)$/;

/** What comes after a program goes on with the work, so that the program was a step before it: a check, a migration. */
function goesOn(node: ShellNode): boolean {
  return node.type !== 'Command' ? node.type !== 'Function' : node.name !== undefined && !aftermath.test(node.name.value);
}

function leadNode<T>(at: ShellNode | CommandNode, cds: readonly string[], scene: Scene<T>): T[] {
  switch (at.type) {
    case 'AndOr':
      return lastThatLeads(
        withFolders(
          at.commands.map((node) => ({ node })),
          cds,
        ),
        scene,
      );
    case 'Pipeline':
      if (at.commands.some(makesFile)) return [];
      return at.commands.map((each) => leadNode(each, cds, scene)).find((found) => found.length > 0) ?? [];
    case 'Command':
      return makesFile(at) ? [] : scene.lead(simpleCommand(at, cds, scene.decoded));
    case 'Redirected':
      return at.redirects.some(isIntoData) ? [] : leadNode(at.command, cds, scene);
    default:
      return leadCompound(at, cds, scene);
  }
}

/** A program's output goes to a log; what is written as configuration, code or data is read by something else. */
const data = /\.(json5?|env|[cm]?[jt]sx?|ya?ml|toml|conf|cfg|ini|properties|html?|xml|sql|pem|key|crt|csv|graphql|css|md)$|(^|\/)\.env/i;

function isIntoData(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || !/^(>|>>|>\||&>|&>>)$/.test(redirect.operator)) return false;
  const { descriptor, target } = redirect;
  const isOutput = descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value === 1);
  return isOutput && target !== undefined && data.test(target.value);
}

/** `node make-config.js > config.json`, also by way of `tee`. */
function makesFile(node: CommandNode): boolean {
  if (node.type === 'Redirected') return node.redirects.some(isIntoData);
  if (node.type !== 'Command') return false;
  const files = node.name?.value === 'tee' ? node.suffix.filter((each) => each.type === 'Word') : [];
  return (
    [...node.prefix, ...node.suffix].some((each) => each.type === 'Redirect' && isIntoData(each)) ||
    files.some((each) => data.test(each.value))
  );
}

function leadCompound<T>(at: CommandNode, cds: readonly string[], scene: Scene<T>): T[] {
  switch (at.type) {
    case 'If': {
      const branches = [at.then, ...at.elif.map((each) => each.then), ...(at.else ? [at.else] : [])];
      return branches.flatMap((each) => sequence(each.commands, cds, scene));
    }
    case 'Case':
      return at.items.flatMap((each) => sequence(each.body.commands, cds, scene));
    case 'While':
    case 'For':
    case 'Subshell':
    case 'BraceGroup':
      return sequence(at.body.commands, cds, scene);
    case 'Function':
      return at.body.type === 'BraceGroup' ? leadNode(at.body, cds, scene) : [];
    default:
      return [];
  }
}

function simpleCommand(command: Command, cds: readonly string[], decoded: Decoded): SimpleCommand {
  const words = [...(command.name ? [command.name] : []), ...command.suffix.filter(isArgument)];
  return { env: command.prefix.flatMap(environment), words: words.map((each) => shellWord(each, decoded)), cds };
}

function isArgument(part: CommandArgument | Redirection): part is CommandArgument {
  return part.type === 'Word' || part.type === 'Assignment';
}

function environment(prefix: AssignmentPrefix | Redirection): { name: string; value: string }[] {
  if (prefix.type !== 'Assignment') return [];
  return [{ name: prefix.name, value: prefix.value.type === 'Word' ? prefix.value.value : '' }];
}

const expansions = new Set(['SimpleExpansion', 'ParameterExpansion', 'CommandExpansion', 'ArithmeticExpansion', 'ProcessSubstitution']);

function shellWord(word: CommandArgument, decoded: Decoded): Word {
  if (word.type === 'Assignment') return wordIn(decoded, word.pos, word.end, word.text, false);
  return wordIn(decoded, word.pos, word.end, word.value, isDynamic(word));
}

function isDynamic(word: ShellWord): boolean {
  return (word.parts ?? []).some(
    (part) => expansions.has(part.type) || (part.type === 'DoubleQuoted' && part.parts.some((inner) => expansions.has(inner.type))),
  );
}

/** The text inside a word (the argument of `sh -c`), located in the same file. */
export function textOf(word: Word, raw: string | undefined): Decoded {
  if (raw === undefined || word.start < 0) return { file: word.file, text: word.value, offsets: [] };
  return decode(word.file, raw, word.start, word.end, word.value);
}
