import type { FileDiff } from '../engine/index.ts';
import { groupReasons, type Look, tasksOf } from '../review/index.ts';
import { documentOf, fence, fold, part } from './fence.ts';
import { leftAlonePart, tasksPart } from './parts.ts';

/** Longer diffs are left to the command that shows them. */
const DIFF_LINES = 400;

/** A plan for a reviewer or another agent: what would change and why, what is left, what to check, which spans to expect. */
export function handOffPlan(found: Look): string {
  const { plan, diffs } = found;
  const head = fence(`plan ${plan.hash}\ntracewright ${plan.tool.version}\n${choiceOf(found)}`);
  return documentOf('Tracing: what would change', [
    head,
    ...part('Found', fence(foundLines(found).join('\n'))),
    ...part('What changes, and why', ...changes(found)),
    ...tasksPart(tasksOf(plan)),
    ...leftAlonePart(plan),
    ...part('What to check', checklist(diffs)),
    ...part('Trace before and after', ...expected(found)),
    ...part('Diff', diffBlock(diffs)),
  ]);
}

function choiceOf({ plan: { options } }: Look): string {
  const { only, skip } = options;
  const rest = skip.length === 0 ? '' : `, without ${skip.join(', ')}`;
  return `codemods: ${only.length === 0 ? 'all that fit' : only.join(', ')}${rest}`;
}

function foundLines({ survey }: Look): readonly string[] {
  return survey.services.flatMap(({ name, package: folder, entries }) => [
    `${name}${folder === '' ? '' : ` in ${folder}/`}`,
    ...entries.map(({ file }) => `  entry ${file}`),
  ]);
}

/** One block for each codemod: its reasons, each with the files it is for. */
function changes({ plan, diffs, codemods }: Look): readonly string[] {
  if (diffs.length === 0) return ['Nothing: everything is in place.'];
  return plan.codemods.flatMap(({ id, status }) => {
    if (status !== 'applies') return [];
    const title = codemods.find(({ meta }) => meta.id === id)?.meta.title ?? id;
    const shapes = new Map<string, { readonly text: string; readonly files: Set<string> }>();
    for (const { file, reasons } of diffs)
      for (const { shape, text } of groupReasons(reasons.filter(({ codemod }) => codemod === id))) {
        const known = shapes.get(shape) ?? { text, files: new Set<string>() };
        shapes.set(shape, { ...known, files: known.files.add(file) });
      }
    const alike = new Map<string, readonly string[]>();
    for (const { text, files } of shapes.values()) {
      const names = [...files].join('\n');
      alike.set(names, [...(alike.get(names) ?? []), fold('  ', text)]);
    }
    const lines = [...alike].map(([names, texts]) => [names, ...texts].join('\n'));
    return lines.length === 0 ? [] : [`### ${title} (${id})`, fence(lines.join('\n\n'))];
  });
}

function checklist(diffs: readonly FileDiff[]): string {
  if (diffs.length === 0) return 'Run `tracewright verify .`: it starts the program, sends requests and reads its spans.';
  return [
    '1. Read the diff: nothing but what is said above may change. `tracewright plan . --diff` shows it with a reason above each hunk.',
    '2. `tracewright apply . --yes --install` writes all of it or nothing; it refuses when a file that was read has changed since.',
    '3. `tracewright verify . --against HEAD` runs the program before and after, and compares status, bodies, output and exit.',
    '4. Do what is left above, then plan again. `tracewright undo .` puts every byte back.',
  ].join('\n');
}

function expected({ plan, survey }: Look): readonly string[] {
  const known = survey.telemetry
    .filter(({ state }) => state === 'started')
    .map(({ vendor, evidence }) => `${vendor} at ${evidence.file}:${evidence.line}`);
  const before =
    known.length === 0
      ? 'Before: no spans; nothing here starts tracing.'
      : `Before: tracing is started already.\n\n${fence(known.join('\n'))}`;
  const lines = plan.codemods.flatMap((codemod) =>
    codemod.status === 'applies' ? codemod.expects.map(({ kind, name, why }) => `${kind} ${name}\n${fold('  ', why)}`) : [],
  );
  if (lines.length === 0) return [before];
  return [before, 'After: spans of these kinds, whose names match these patterns.', fence(lines.join('\n\n'))];
}

function diffBlock(diffs: readonly FileDiff[]): string {
  const text = diffs.map(({ file, binary, bytes, patch }) => (binary ? `new file ${file}: ${bytes} bytes, not text\n` : patch)).join('');
  if (text === '') return '';
  const lines = text.split('\n').length;
  return lines > DIFF_LINES ? `${lines} lines: \`tracewright plan . --diff\` shows them.` : fence(text, 'diff');
}
