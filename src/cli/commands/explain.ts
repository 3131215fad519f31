import { type Codemod, catalogue, type ErrorCode, exitCode, TracewrightError } from '../../contract/index.ts';
import { asCalled } from '../as-called.ts';
import { type Cell, columns, wrap } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';

/** Explains an error code or a codemod. */
export async function explain({ argument = '' }: Invocation, output: Output): Promise<number> {
  const code = argument.toUpperCase();
  if (isErrorCode(code)) return explainCode(code, output);
  // An error code is explained without loading every codemod.
  const { listCodemods } = await import('../../registry/index.ts');
  const codemod = listCodemods().find(({ meta }) => meta.id === argument);
  if (codemod === undefined) throw new TracewrightError('TW1075', argument);
  return explainCodemod(codemod, output);
}

function explainCode(code: ErrorCode, output: Output): number {
  const { title, next } = catalogue[code];
  const exit = exitCode(code);
  output.print(
    `${output.colors.bold(`${code}  ${title}`)}\n  next        ${asCalled(next, output.program)}\n  exit code   ${exit}, when the command ends with it`,
  );
  output.printJson({ code, title, next, exit });
  return 0;
}

function explainCodemod({ meta, expects }: Codemod, output: Output): number {
  const { colors, width } = output;
  const facts: readonly (readonly [string, string])[] = [
    [
      'supports',
      Object.entries(meta.targets)
        .map(([name, range]) => `${name} ${range}`)
        .join(', '),
    ],
    ['looks for', meta.mentions.map((needle) => `\`${needle}\``).join(', ')],
    ['after', meta.after.join(', ')],
    ...expects.map(({ kind, name, why }) => ['proof', `${kind} span /${name}/: ${why}`] as const),
    ['kind', meta.kind],
    ['used', meta.optIn ? `only when named: --with ${meta.id}` : ''],
  ];
  const rows = facts.filter(([, text]) => text !== '').map(([label, text]): Cell[] => [{ text: label, paint: colors.dim }, { text }]);
  const description = wrap(meta.description, width - 2).map((line) => `  ${line}`);
  output.print(`${colors.bold(`${meta.id}  ${meta.title}`)}\n${description.join('\n')}\n\n${columns(rows, '  ', width)}`);
  output.printJson({ ...meta, expects });
  return 0;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
