import { TracewrightError } from '../../contract/index.ts';
import { uncommittedFiles } from '../../engine/index.ts';
import { missingInstalls, quoteWord, typedInstall } from '../../install/index.ts';
import { type Look, look, lookOnNewerNode, supposedNode } from '../../review/index.ts';
import type { Output } from '../output.ts';
import { chosenBy, type Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderDiff } from '../render-diff.ts';
import { renderNext } from '../render-next.ts';
import { renderLook } from '../render-plan.ts';
import { saveText } from '../save-text.ts';

/** Shows what would change and why; writes nothing but the files that were asked for. */
export async function plan(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const reading = `reading ${folder}`;
  const found = await withProgress(reading, () => look(folder, chosenBy(invocation))).catch(async (error: unknown) => {
    if (error instanceof TracewrightError && error.code === 'TW1050')
      printSupposed(await withProgress(reading, () => supposed(folder, invocation)), invocation, output);
    throw error;
  });
  const diff = invocation.flag('diff') ? found.diffs.map(({ patch }) => patch).join('') : undefined;
  const out = invocation.text('out');
  if (out !== undefined) saveText(folder, out, `${JSON.stringify(found.plan, undefined, 2)}\n`, output);
  const handoff = invocation.text('handoff');
  if (handoff !== undefined) saveText(folder, handoff, (await import('../../handoff/index.ts')).handOffPlan(found), output);
  output.print(renderLook(found, output));
  if (diff !== undefined && diff !== '') output.print(`\n${renderDiff(found.diffs, output)}`);
  const dirty = found.diffs.length === 0 ? [] : uncommittedFiles(folder, out === undefined ? [] : [out]);
  if (dirty.length > 0) output.print(`\n${uncommitted(dirty)}`);
  output.print(`\n${renderNext(nextSteps(folder, invocation, found), output)}`);
  output.printJson(diff === undefined ? found.plan : { plan: found.plan, diff });
  return 0;
}

function uncommitted(files: readonly string[]): string {
  const named = files.slice(0, 3).join(', ') + (files.length > 3 ? ` and ${files.length - 3} more` : '');
  return `Not committed: ${named}. \`apply\` refuses (TW2004) until it is committed or stashed, or with --allow-dirty.`;
}

/** Where only the Node.js version is in the way, what would change without it; undefined where something else is as well. */
function supposed(folder: string, invocation: Invocation): Look | undefined {
  try {
    return lookOnNewerNode(folder, chosenBy(invocation));
  } catch (error) {
    if (error instanceof TracewrightError) return undefined;
    throw error;
  }
}

function printSupposed(found: Look | undefined, invocation: Invocation, output: Output): void {
  if (found === undefined) return;
  output.print(`${output.colors.bold(`Nothing can be applied yet: this is what would change on Node.js ${supposedNode}`)}\n`);
  output.print(renderLook(found, output));
  if (invocation.flag('diff')) output.print(`\n${renderDiff(found.diffs, output)}`);
  output.print('');
}

function nextSteps(folder: string, invocation: Invocation, { diffs }: Look): readonly (readonly [string, string])[] {
  const typed = quoteWord(folder);
  if (diffs.length === 0) {
    const missing = missingInstalls(folder).map((one) => [typedInstall(folder, one), 'install what an earlier apply added'] as const);
    return [...missing, [`tracewright verify ${typed}`, 'everything is in place: start it and check its traces']];
  }
  const out = invocation.text('out');
  const choice = ['only', 'with', 'skip'].flatMap((name) =>
    invocation.list(name).length > 0 ? [`--${name} ${quoteWord(invocation.list(name).join(','))}`] : [],
  );
  const apply = ['tracewright apply', typed, ...(out === undefined ? choice : [`--plan ${quoteWord(out)}`])].join(' ');
  const installs = diffs.some(({ file }) => file === 'package.json' || file.endsWith('/package.json'));
  return [
    ...(invocation.flag('diff') ? [] : [[`tracewright plan ${[typed, ...choice].join(' ')} --diff`, 'see every line'] as const]),
    installs ? [`${apply} --install`, 'change all of it or nothing, then install'] : [apply, 'change all of it or nothing'],
  ];
}
