import { listCodemods } from '../../registry/index.ts';
import { type Cell, columns, count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';

/** Lists the codemods in the order they are planned. */
export async function list(_invocation: Invocation, output: Output): Promise<number> {
  const { colors, width } = output;
  const all = listCodemods();
  const rows = all.map(({ meta }): Cell[] => [
    { text: meta.id, paint: colors.cyan },
    { text: `${meta.title}${supported(meta.targets)}${meta.optIn ? '; only with --with' : ''}` },
  ]);
  output.print(`${colors.bold(count(all.length, 'codemod'))}, in the order they are planned\n${columns(rows, '  ', width)}`);
  output.print(`\n${colors.dim(`More about one: ${output.program} explain <id>`)}`);
  output.printJson(all.map(({ meta }) => meta));
  return 0;
}

function supported(targets: Readonly<Record<string, string>>): string {
  const versions = Object.entries(targets).map(([name, range]) => `${name} ${range}`);
  return versions.length === 0 ? '' : ` (${versions.join(', ')})`;
}
