import { rmSync } from 'node:fs';
import { applyPlan } from '../../engine/index.ts';
import { installAll, quoteWord } from '../../install/index.ts';
import { look } from '../../review/index.ts';
import { renderReport, verifyRepo } from '../../verify/index.ts';
import { commitAll } from '../demo/commit-all.ts';
import { copyExample } from '../demo/examples.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderNext } from '../render-next.ts';
import { renderLook } from '../render-plan.ts';
import { exitOf, runProgram } from './verify.ts';

/** Migrates a copy of a bundled legacy app, runs it, and shows the traces it produced. */
export async function demo(invocation: Invocation, output: Output): Promise<number> {
  const name = invocation.text('example') ?? 'legacy-express';
  const folder = copyExample(name);
  const keep = invocation.flag('keep');
  const clean = (): void => {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  const leave = (): void => process.exit(130);
  process.once('exit', clean);
  process.once('SIGINT', leave);
  try {
    return await migrate(name, folder, keep, output);
  } finally {
    process.removeListener('SIGINT', leave);
    process.removeListener('exit', clean);
    clean();
  }
}

async function migrate(name: string, folder: string, keep: boolean, output: Output): Promise<number> {
  const { colors } = output;
  const title = (step: string): void => output.print(`\n${colors.inverse(` ${step} `)}\n`);
  output.print(`${colors.bold(`Demo: examples/${name}`)}, copied to ${folder} and committed there as it was`);
  commitAll(folder);

  title('plan');
  const found = await withProgress('planning', () => look(folder, { only: [], skip: [] }));
  output.print(renderLook(found, output));

  title('apply');
  const applied = applyPlan(folder, found.plan);
  output.print(`changed: ${applied.changed}. To see every line: git diff (with --keep), to take it back: ${output.program} undo.`);

  title('install');
  await withProgress('installing', ({ say }) => installAll(folder, applied.installs, say));
  output.print(`installed in ${applied.installs.map((install) => install.folder || folder).join(', ')}`);

  title('verify');
  const report = await runProgram(folder, { against: 'HEAD' }, verifyRepo);
  output.print(renderReport(report, { color: output.colors.isColorSupported }).trimEnd());
  output.print(`\n${renderNext(nextSteps(folder, keep), output)}`);
  output.printJson({ example: name, ...(keep ? { folder } : {}), plan: found.plan, applied, report });
  return exitOf(report);
}

function nextSteps(folder: string, keep: boolean): readonly (readonly [string, string])[] {
  if (!keep) {
    return [
      ['tracewright demo --keep', 'the same, and the folder stays for a look around'],
      ['tracewright plan <your repository>', 'what it would do to yours; writes nothing'],
    ];
  }
  return [
    [`cd ${quoteWord(folder)} && git diff`, 'every line it changed'],
    [`tracewright verify ${quoteWord(folder)}`, 'start it again and read its traces'],
    [`tracewright undo ${quoteWord(folder)}`, 'put every byte back'],
  ];
}
