import { join } from 'node:path';
import { type ExportedDeclarations, Node, Project } from 'ts-morph';
import { type CommandOption, commands } from '../src/cli/commands.ts';

/** docs/cli.md: what `--help` says, on one page. */
export function cliPage(note: string): string {
  const sections = commands.map(({ name, argument, description, options, actions = [], examples }) => {
    const usage = ['tracewright', name, ...(argument === undefined ? [] : [argument]), '[options]'].join(' ');
    const samples = examples.map(({ command, why }) => `${command}   # ${why}`);
    return [
      `## ${name}`,
      description,
      `\`${usage}\``,
      ...actions.flatMap((action) => [
        `### ${name} ${action.name}\n\n\`tracewright ${name} ${action.name} ${action.argument}\`: ${action.summary}.`,
        ...(action.options.length === 0 ? [] : [optionTable(action.options)]),
      ]),
      ...(actions.length === 0 ? [] : ['Every action takes:']),
      optionTable(options),
      ['```sh', ...samples, '```'].join('\n'),
    ].join('\n\n');
  });
  return `# Command line\n\n<!-- ${note} -->\n\nEvery command takes \`--json\` and \`--help\`. Progress goes to stderr. [errors.md](errors.md) lists codes and exit codes.\n\n${sections.join('\n\n')}\n`;
}

function optionTable(options: readonly CommandOption[]): string {
  const rows = options.map(({ flags, description }) => `| \`${flags}\` | ${description.replaceAll('|', '\\|')} |`);
  return ['| option | |', '| --- | --- |', ...rows].join('\n');
}

/** docs/api.md: every name that src/index.ts exports, so that a change of the public API is a visible diff. */
export function apiPage(root: string, note: string): string {
  const project = new Project({ tsConfigFilePath: join(root, 'tsconfig.json'), skipAddingFilesFromTsConfig: true });
  const index = project.addSourceFileAtPath(join(root, 'src/index.ts'));
  const names = [...index.getExportedDeclarations()].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = names.map(([name, [declaration]]) => (declaration ? `- \`${signature(name, declaration)}\`${sentence(declaration)}` : ''));
  return `# Public API\n\n<!-- ${note} -->\n\n\`import { ... } from 'tracewright'\`\n\n${lines.join('\n')}\n`;
}

function signature(name: string, declaration: ExportedDeclarations): string {
  if (Node.isFunctionDeclaration(declaration)) {
    const parameters = declaration.getParameters().map((each) => each.getText().replace(/\s+/g, ' '));
    return `${name}(${parameters.join(', ')}): ${declaration.getReturnTypeNode()?.getText() ?? 'void'}`;
  }
  if (Node.isInterfaceDeclaration(declaration)) return `interface ${name}`;
  if (Node.isTypeAliasDeclaration(declaration)) return `type ${name}`;
  if (Node.isClassDeclaration(declaration)) return `class ${name}`;
  return `const ${name}`;
}

function sentence(declaration: ExportedDeclarations): string {
  const holder = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
  const text = holder && Node.isJSDocable(holder) ? (holder.getJsDocs()[0]?.getDescription() ?? '') : '';
  const first = text
    .trim()
    .split(/\n\s*\n/)[0]
    ?.replace(/\s+/g, ' ');
  return first ? `: ${first}` : '';
}
