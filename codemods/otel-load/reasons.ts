import type { Bootstrap } from '../service/index.ts';

const firstLine: Readonly<Record<Bootstrap['form'], string>> = {
  require:
    'The program is CommonJS: a require in its first line loads tracing before everything else, whoever starts it (PM2 cluster mode too).',
  import: 'The file is compiled to CommonJS: an import in its first line becomes the first require, whoever starts it.',
  loader: 'The program runs as ES modules: a first import starts tracing of HTTP and fetch even when no flag is given.',
};

/** Every sentence this codemod says. */
export const reasons = {
  firstLine: (form: Bootstrap['form']): string => firstLine[form],
  afterEnvFile: (form: Bootstrap['form']): string =>
    `${firstLine[form]} Only the .env file comes before it, because it may hold OTEL_* variables.`,
  envFile: (file: string): string =>
    `${file} loads its .env file after tracing has started, so OTEL_* variables in that file are not read.`,
  envFileNext: (form: Bootstrap['form'], isPreloaded: boolean): string => {
    if (isPreloaded) return 'Set OTEL_* where the program is started, or add --import dotenv/config before --import of the bootstrap.';
    const load = form === 'require' ? "require('dotenv').config()" : "import 'dotenv/config'";
    return `Set OTEL_* where the program is started, or move the load above the bootstrap as ${load}.`;
  },
  flag: (libraries: readonly string[]): string =>
    libraries.length === 0
      ? 'The build moves the entry, so a first import could miss the bootstrap; --import finds it from the working folder.'
      : `Only --import comes before the imports of ${libraries.join(', ')} are linked, which ES modules need for their spans.`,
  noFlag: 'No instrumentation hooks ES module imports here any more, so the first line of the entry loads tracing early enough.',
  hoisted: 'The bundle imports its dependencies before any code of its own, so only --import loads tracing first.',
  unparsable: (file: string): string => `${file} cannot be parsed, so its first statement is unknown.`,
  unparsableNext: (statement: string): string => `Add this as its first statement: ${statement}`,
  uncontrolled: (command: string, libraries: readonly string[]): string =>
    `Node.js flags of "${command}" cannot be set here, so started this way ${libraries.length === 0 ? 'nothing is traced' : `calls of ${libraries.join(', ')} get no spans`}.`,
  uncontrolledNext: (flag: string): string => `Start it with NODE_OPTIONS="${flag}", or give the command the flag ${flag}.`,
  nestNext: (path: string): string =>
    `Give nest start the option --exec "node --import ${path}", or start what it builds with NODE_OPTIONS="--import ${path}".`,
  lacking: (command: string, bootstrap: string, image: string): string =>
    `It cannot be seen that the image of ${image} has ${bootstrap} where "${command}" would look for it, and a flag for a missing file stops the program.`,
  lackingNext: (path: string): string => `Have the image hold it as ${path} from the folder where the program starts, then plan again.`,
  leftBehind: (entry: string, bootstrap: string, image: string): string =>
    `The image of ${image} has ${entry} without ${bootstrap} at its place beside it, so a first line that loads it would stop the program there.`,
  leftBehindNext: (bootstrap: string): string =>
    `Add a COPY of ${bootstrap} so that it keeps its place relative to the entry file, then plan again.`,
  unmounted: (entry: string, bootstrap: string, service: string): string =>
    `The container of ${service} mounts ${entry} without ${bootstrap} at its place beside it, so a first line that loads it would stop the program there.`,
  unmountedNext: (bootstrap: string): string =>
    `Mount ${bootstrap} too, so that it keeps its place relative to the entry file, then plan again.`,
  tsNode: (command: string, libraries: readonly string[]): string =>
    `ts-node does not work together with --import, so "${command}" is not changed${libraries.length === 0 ? '' : ` and calls of ${libraries.join(', ')} get no spans`}.`,
  tsNodeNext: 'Run the compiled program, or use tsx instead of ts-node.',
  late: (file: string): string => `${file} loads the bootstrap after other modules, which are then not traced.`,
  lateNext: 'Move that line to the top of the file.',
  done: 'Every entry loads its bootstrap first, and every launch that needs a flag has it.',
  nothing: 'No service has a bootstrap file that could be loaded.',
  nothingNext: 'Apply otel-bootstrap first, or read its answer for the reason.',
} as const;
