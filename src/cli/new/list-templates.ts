import { listTemplates } from '../../scaffold/read-templates.ts';
import { type Cell, columns, count } from '../layout.ts';
import type { Output } from '../output.ts';
import { renderNext } from '../render-next.ts';

/** Prints the templates there are. */
export function printTemplates(output: Output): void {
  const templates = listTemplates();
  const rows = templates.map(({ id, title, description }): Cell[] => [
    { text: id, paint: output.colors.cyan },
    { text: `${title}. ${description}` },
  ]);
  output.print(`${output.colors.bold(count(templates.length, 'template'))}\n${columns(rows, '  ', output.width)}`);
  output.print(
    `\n${renderNext([[`tracewright new ${templates[0]?.id ?? ''} my-service`, 'shows what it would write, and asks']], output)}`,
  );
  output.printJson({ templates });
}
