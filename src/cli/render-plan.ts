import { catalogue, type ErrorCode, type LibraryAnswer, type Plan } from '../contract/index.ts';
import type { OpenTask } from '../engine/index.ts';
import type { Look } from '../review/index.ts';
import { type Cell, columns } from './layout.ts';
import type { Output } from './output.ts';
import { renderChanges } from './render-changes.ts';
import { renderFound } from './render-found.ts';

/** Found, will change, for you to do, already fine, left alone, noticed: what a person reads before deciding. */
export function renderLook({ survey, codemods, plan, diffs, left }: Look, output: Output): string {
  return [
    renderFound(survey, codemods, output),
    renderChanges(diffs, output),
    renderTasks(left, output),
    renderLibraries(plan, output),
    renderLeftAlone(plan, output),
    renderProblems(plan, output),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What needs no change and what cannot be changed, each with why; empty when there is nothing to say. */
export function renderLeftAlone({ codemods }: Plan, { colors, width }: Output): string {
  const rows = (status: 'satisfied' | 'unsupported', paint: Cell['paint']): Cell[][] =>
    codemods.flatMap((codemod) => {
      if (codemod.status !== status) return [];
      const why = codemod.status === 'unsupported' ? `${codemod.why} ${codemod.next}` : codemod.why;
      return [[{ text: codemod.id, ...(paint && { paint }) }, { text: why }]];
    });
  const groups: readonly (readonly [string, Cell[][]])[] = [
    ['Already fine', rows('satisfied', colors.green)],
    ['Left alone', rows('unsupported', colors.yellow)],
  ];
  return groups
    .filter(([, found]) => found.length > 0)
    .map(([title, found]) => `${colors.bold(title)}\n${columns(found, '  ', width)}`)
    .join('\n\n');
}

/** What becomes of the libraries in use, one line each, whatever number of services use it; empty when none is known. */
export function renderLibraries({ libraries }: Plan, { colors, width }: Output): string {
  if (libraries.length === 0) return '';
  const paints = { traced: colors.green, left: colors.yellow, dark: colors.dim };
  const order = Object.keys(paints);
  const keyOf = ({ library, answer, as, through, why }: LibraryAnswer): string => [library, answer, as, through, why].join(' ');
  const lines = new Map(libraries.map((each) => [keyOf(each), each]));
  const rows = [...lines]
    .map(([key, each]) => ({ ...each, versions: versionsOf(libraries.filter((other) => keyOf(other) === key)) }))
    .toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer))
    .map(({ answer, library, versions, as, through, why, evidence }): Cell[] => [
      { text: answer, paint: paints[answer] },
      { text: `${library} ${through !== undefined && versions === '*' ? '' : versions}`.trim() },
      {
        text: [
          ...(as === undefined ? [] : [`Here it is ${as}.`]),
          ...(through === undefined ? [] : [`Loaded by ${through}.`]),
          why,
          ...(answer === 'dark' && !evidence.file.endsWith('.json') ? [`(${evidence.file}:${evidence.line})`] : []),
        ].join(' '),
      },
    ]);
  return `${colors.bold('Libraries')}\n${columns(rows, '  ', width)}`;
}

function versionsOf(answers: readonly LibraryAnswer[]): string {
  const versions = [...new Set(answers.map(({ version }) => version))];
  return versions.slice(0, 2).join(', ') + (versions.length > 2 ? ` and ${versions.length - 2} more` : '');
}

/** Work for a person: each place, why, what to do, and its name; empty when there is none. */
export function renderTasks(tasks: readonly OpenTask[], { colors, width }: Output): string {
  if (tasks.length === 0) return '';
  const rows = tasks.flatMap(({ file, line, why, next, id }): Cell[][] => [
    [{ text: `${file}:${line}`, paint: colors.cyan }, { text: why }],
    [
      { text: id, paint: colors.dim },
      { text: `next: ${next}`, paint: colors.dim },
    ],
  ]);
  return `${colors.bold('For you to do')}\n${columns(rows, '  ', width)}`;
}

/** What could not be read or understood; empty when all could. */
export function renderProblems({ problems }: Plan, { colors, width }: Output): string {
  if (problems.length === 0) return '';
  const rows = problems.flatMap(({ code, detail, evidence }): Cell[][] => {
    const known = isErrorCode(code) ? catalogue[code] : undefined;
    const place = `${evidence.file}:${evidence.line}`;
    const where = detail.includes(evidence.file) ? '' : ` (${place})`;
    const row: Cell[] = [
      { text: code, paint: colors.yellow },
      { text: `${known === undefined ? '' : `${known.title}: `}${detail}${where}` },
    ];
    return known === undefined ? [row] : [row, [{ text: '' }, { text: `next: ${known.next}`, paint: colors.dim }]];
  });
  return `${colors.bold('Noticed')}\n${columns(rows, '  ', width)}`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
