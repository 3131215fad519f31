import { basename, relative } from 'node:path';
import { createColors } from 'picocolors';
import { quoteWord } from '../install/quote-word.ts';

type Colors = ReturnType<typeof createColors>;

/** Where a command puts what it has to say: the result on stdout, everything else on stderr. */
export interface Output {
  readonly json: boolean;
  readonly colors: Colors;
  /** How a person calls this program from here. */
  readonly program: string;
  /** Columns to wrap at. */
  readonly width: number;
  /** True when a person sits at both ends. */
  readonly interactive: boolean;
  /** For people; silent with --json. */
  print(text: string): void;
  /** The one document; silent without --json. */
  printJson(value: unknown): void;
  /** A line on stderr. */
  note(text: string): void;
}

/** Output on the process's own streams; colour only on a terminal, and never with NO_COLOR. */
export function openOutput(json: boolean): Output {
  const { stdout, stderr, stdin, env } = process;
  return {
    json,
    program: programName(process.argv[1] ?? '', env),
    colors: createColors(stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'),
    width: Math.min(stdout.columns || 100, 120),
    interactive: !json && stdin.isTTY === true && stdout.isTTY === true,
    print: (text) => {
      if (!json) stdout.write(`${showControls(text)}\n`);
    },
    printJson: (value) => {
      if (json) stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    note: (text) => {
      stderr.write(`${showControls(text)}\n`);
    },
  };
}

/** Names and texts of a repository may hold what a terminal obeys: it is shown, but for colours, tabs and line ends. */
export function showControls(text: string): string {
  // Not replaceAll: Node.js 14 is told by this that it is too old.
  return text.replace(/(?!\p{Cc}\[\d{1,2}m|[\t\n]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function programName(script: string, env: NodeJS.ProcessEnv): string {
  if (basename(script) === 'tracewright') return env['npm_command'] === 'exec' ? 'npx tracewright' : 'tracewright';
  const near = relative(process.cwd(), script);
  return `node ${quoteWord(near.length < script.length ? near : script)}`;
}
