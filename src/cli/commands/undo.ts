import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError, type Undone } from '../../contract/index.ts';
import { previewUndo, readReceipt } from '../../engine/index.ts';
import { typedInstall, undoInstalled } from '../../install/index.ts';
import { leavePlace, partsOf } from '../../scaffold/index.ts';
import { agreeToPutBack, putBackInterrupted } from '../agree-to-put-back.ts';
import { buildSteps } from '../build-steps.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderNext } from '../render-next.ts';

/** Lists what it would put back, asks, and puts back every byte that apply changed. */
export async function undo(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const interrupted = await putBackInterrupted(folder, invocation, output);
  const undone = interrupted === 'left' ? undefined : await undoAll(folder, interrupted === 'back', invocation, output);
  if (undone === undefined) {
    output.print(interrupted === 'back' ? 'Nothing more was written.' : 'Nothing was written.');
    return 0;
  }
  const { restored, removed, reformatted = [], recovered, installs, earlier } = undone;
  output.print(output.colors.bold(`restored: ${count(restored.length, 'file')}, removed: ${count(removed.length, 'file')}`));
  if (reformatted.length > 0) output.print(`Formatted since apply, so they keep that layout: ${reformatted.join(', ')}`);
  if (recovered) output.print('An interrupted apply was put back.');
  if (earlier === true)
    output.print('What came last is undone. What was applied before it is still here; `undo` again takes that out, too.');
  if (removed.includes('package.json') && existsSync(join(folder, 'node_modules')))
    output.print('What was installed or built since stays, as does .git; with them gone the folder is empty.');
  const why = earlier === true ? 'put back what was installed before' : 'take out what the install put there';
  const steps = [
    ...installs.map((install) => [typedInstall(folder, install), why] as const),
    ...buildSteps(folder, 'what was built still holds what was put back'),
  ];
  if (steps.length > 0) output.print(`\n${renderNext(steps, output)}`);
  output.printJson(undone);
  return 0;
}

/** Services that were begun together are taken away together, what holds them last. */
async function undoAll(folder: string, recovered: boolean, invocation: Invocation, output: Output): Promise<Undone | undefined> {
  let all: Undone = { restored: [], removed: [], recovered: false, installs: [] };
  const parts = begunBelow(folder);
  for (const below of parts) {
    const undone = await undoReceipt(join(folder, below), false, invocation, output);
    if (undone === undefined) return undefined;
    const inside = (files: readonly string[]): readonly string[] => files.map((file) => join(below, file));
    all = { ...all, restored: [...all.restored, ...inside(undone.restored)], removed: [...all.removed, ...inside(undone.removed)] };
  }
  const last = await undoReceipt(folder, recovered, invocation, output);
  if (last !== undefined) for (const part of [...parts, ...parts.map((one) => dirname(one))]) leavePlace([join(folder, part)]);
  return last && { ...last, restored: [...all.restored, ...last.restored], removed: [...all.removed, ...last.removed] };
}

function begunBelow(folder: string): readonly string[] {
  const begun = readReceipt(folder)?.applied.find(({ options }) => options.scaffold?.services !== undefined)?.options.scaffold;
  const parts = begun === undefined ? [] : partsOf(begun).map((part) => part.folder);
  return parts.filter((part) => existsSync(join(folder, part, '.tracewright/receipt.json')));
}

/** Undefined when nobody agreed to what the receipt says. */
async function undoReceipt(folder: string, recovered: boolean, invocation: Invocation, output: Output): Promise<Undone | undefined> {
  const preview = previewUndo(folder);
  if (preview !== undefined) {
    if (!(await agreeToPutBack(folder, preview.files, invocation, output))) return undefined;
    const undone = undoInstalled(folder, { seal: preview.seal });
    return { ...undone, recovered: recovered || undone.recovered };
  }
  if (!recovered) throw new TracewrightError('TW2010', folder);
  return { restored: [], removed: [], recovered, installs: [] };
}
