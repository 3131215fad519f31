import { catalogue, type ErrorCode, type Plan, type Task } from '../contract/index.ts';
import { fence, fold, part } from './fence.ts';

/** Work that is left, each with place, why and next. */
export function tasksPart(tasks: readonly Task[]): readonly string[] {
  const lines = tasks.map(({ file, line, why, next }) => [`${file}:${line}`, fold('  ', why), fold('  next: ', next)].join('\n'));
  return part('Left for a person or an agent', lines.length === 0 ? 'Nothing.' : fence(lines.join('\n\n')));
}

/** Codemods that change nothing, and why, but those that were applied; what was noticed besides. */
export function leftAlonePart({ codemods, problems }: Plan, applied: readonly string[] = []): readonly string[] {
  const lines = codemods.flatMap((codemod) => {
    if (codemod.status === 'applies' || (codemod.status === 'satisfied' && applied.includes(codemod.id))) return [];
    const next = codemod.status === 'unsupported' ? [fold('  next: ', codemod.next)] : [];
    const state = codemod.status === 'satisfied' ? 'already fine' : 'left alone';
    return [[`${codemod.id} (${state})`, fold('  ', codemod.why), ...next].join('\n')];
  });
  const noticed = problems.map(({ code, detail, evidence }) => {
    const known = isErrorCode(code) ? catalogue[code] : undefined;
    const head = `${evidence.file}:${evidence.line}  ${code}`;
    return [
      head,
      fold('  ', `${known === undefined ? '' : `${known.title}: `}${detail}`),
      ...(known ? [fold('  next: ', known.next)] : []),
    ].join('\n');
  });
  const all = [...lines, ...noticed];
  return part('Left alone, and why', all.length === 0 ? '' : fence(all.join('\n\n')));
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
