import {
  type Agent,
  type AgentsReport,
  agents,
  initAgents,
  planAgents,
  previewUndoAgents,
  splitCommand,
  undoAgents,
} from '../../agents/index.ts';
import { TracewrightError } from '../../contract/index.ts';
import { quoteWord } from '../../install/index.ts';
import { agreeToPutBack } from '../agree-to-put-back.ts';
import { columns, count, wrap } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderNext } from '../render-next.ts';

const known: readonly Agent[] = ['claude', 'codex', 'cursor', 'vscode'];

/** Teaches agents to call Tracewright here, or takes that out again. */
export async function agentInit(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const command = invocation.text('command');
  const program = command === undefined ? {} : { program: splitCommand(command) };
  const named = known.filter((agent) => invocation.flag(agent));
  if (invocation.flag('undo')) return undo(folder, named, program.program, invocation, output);
  const options = { agents: named, ...program };
  const report = invocation.flag('print') ? planAgents(folder, options) : initAgents(folder, options);
  output.print(invocation.flag('print') ? renderPatches(report) : renderWritten(report, output));
  output.print(renderNotes(folder, report, invocation, output));
  output.printJson({ ...report, written: !invocation.flag('print') });
  return 0;
}

async function undo(
  folder: string,
  named: readonly Agent[],
  program: readonly string[] | undefined,
  invocation: Invocation,
  output: Output,
): Promise<number> {
  if (named.length > 0) throw new TracewrightError('TW1072', '--undo takes out everything agent-init wrote; leave out the agents');
  const files = previewUndoAgents(folder, program);
  if (files.length > 0 && !(await agreeToPutBack(folder, files, invocation, output))) {
    output.print('Nothing was written.');
    return 0;
  }
  const undone = undoAgents(folder, program);
  const { restored, removed, left } = undone;
  output.print(output.colors.bold(`restored: ${count(restored.length, 'file')}, removed: ${count(removed.length, 'file')}`));
  for (const file of left) output.print(`${file} was edited since and was left alone; remove it yourself.`);
  output.printJson(undone);
  return 0;
}

function renderPatches({ files }: AgentsReport): string {
  return files.map(({ patch }) => patch.trimEnd()).join('\n');
}

function renderWritten({ files, receipt, unchanged }: AgentsReport, { colors, width }: Output): string {
  if (files.length === 0) return colors.bold(`Nothing to write: ${count(unchanged.length, 'file')} in place`);
  const all = [...files, ...(receipt === undefined ? [] : [{ file: receipt, kind: 'create', what: 'what gives every byte back' }])];
  const rows = all.map(({ file, kind, what }) => [
    { text: file, paint: colors.cyan },
    { text: kind === 'create' ? 'new' : 'changed', paint: colors.green },
    { text: what },
  ]);
  return `${colors.bold(`Wrote ${count(all.length, 'file')}`)}\n${columns(rows, '  ', width)}`;
}

function renderNotes(folder: string, report: AgentsReport, invocation: Invocation, output: Output): string {
  const names = report.agents.map((agent) => agents[agent].title).join(', ');
  const why = { named: '', found: ', whose files are here', default: ': no agent has files here' }[report.chosen];
  const lines = [`For ${names}${why}. Other agents read AGENTS.md.`, ...report.notes];
  const notes = lines.map((line) => wrap(line, output.width).join('\n')).join('\n');
  const steps: readonly (readonly [string, string])[] = invocation.flag('print')
    ? [[`tracewright agent-init ${quoteWord(folder)}`, 'write it']]
    : [
        ...(report.toCommit.length === 0 ? [] : [[addFiles(folder, report.toCommit), whyCommit(report)] as const]),
        [`tracewright agent-init ${quoteWord(folder)} --undo`, 'take all of it out again'],
      ];
  return `\n${notes}\n\n${renderNext(steps, output)}`;
}

function addFiles(folder: string, files: readonly string[]): string {
  const place = folder === '.' ? '' : `-C ${quoteWord(folder)} `;
  return `git ${place}add ${files.map(quoteWord).join(' ')}`;
}

/** What starts a clone lies elsewhere on every machine; the notes say what to do about it. */
function whyCommit({ program }: AgentsReport): string {
  return program[0] === 'node' ? 'then commit, once --command names what starts it everywhere' : 'then commit: these are for everybody';
}
