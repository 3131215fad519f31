import { type Command, type CommandAction, type CommandOption, commands } from './commands.ts';

/** The text that these words ask for; undefined when they name no command there is. */
export function helpFor(words: readonly string[], version: string): string | undefined {
  const [name, second] = words.filter((word, at) => word !== '--help' && word !== '-h' && !(word === 'help' && at === 0));
  if (name === undefined) return topHelp(version);
  const command = commands.find((one) => one.name === name);
  const action = command?.actions?.find((one) => one.name === second);
  return command && (action === undefined ? commandHelp(command) : actionHelp(command, action));
}

function topHelp(version: string): string {
  return `tracewright ${version}
Puts OpenTelemetry tracing into a Node.js or TypeScript repository, and proves it with real traces.

  tracewright plan     ->  tracewright apply     ->  tracewright verify    ->  tracewright undo
  what would change        write it, or nothing      run it, read traces       every byte back

Usage: tracewright <command> [folder] [options]

${section(
  'Commands',
  commands.map(({ name, summary }) => [name, summary]),
)}
${section('Options', [
  ['--help', 'this text; `tracewright <command> --help` has examples'],
  ['--version', 'print the version'],
  ['--json', 'with every command: one JSON document on stdout'],
])}
Exit codes: 0 done, 2 input, 3 plan and apply, 4 verify, 5 tasks, 70 our mistake. \`tracewright explain <code>\` says what each asks of you.
`;
}

function commandHelp({ name, argument, passes, description, options, actions = [], examples }: Command): string {
  const usage = ['tracewright', name, ...(argument === undefined ? [] : [argument]), '[options]', ...(passes ? ['[-- command]'] : [])].join(
    ' ',
  );
  return `${description}

Usage: ${usage}

${actions.length === 0 ? '' : `${actionSection(name, actions)}\n`}${optionSection(options)}
${section(
  'Examples',
  examples.map(({ command, why }) => [command, why]),
)}`;
}

function actionHelp({ name, options: common }: Command, { name: action, argument, summary, options }: CommandAction): string {
  return `tracewright ${name} ${action}: ${summary}.

Usage: tracewright ${name} ${action} ${argument} [options]

${optionSection([...options, ...common])}`;
}

function actionSection(name: string, actions: readonly CommandAction[]): string {
  return section(
    `Actions; \`tracewright ${name} <action> --help\` has their options`,
    actions.map(({ name: action, argument, summary }) => [`${action} ${argument}`, summary]),
  );
}

function optionSection(options: readonly CommandOption[]): string {
  return section('Options', [...options.map(({ flags, description }) => [flags, description] as const), ['--help', 'this text']]);
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return `${title}\n${rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}\n`).join('')}`;
}
