import type { DockerInstruction } from '../../src/contract/index.ts';
import { folderOf } from '../kit/index.ts';
import type { StageFiles, Step } from '../service/index.ts';
import { isWithinContainer, type Walk } from './built-manifests.ts';

/** One line more in a stage. */
interface Copy {
  readonly from: string;
  readonly to: string;
  readonly isFolder: boolean;
  readonly why: string;
}

/** Writes a COPY behind the instruction that brought its neighbour, or before the install that needs it. */
export function copyAfter(
  walk: Walk,
  held: StageFiles,
  { instruction: after, workdir }: Step,
  { from, to, isFolder, why }: Copy,
): StageFiles {
  const { dockerfile, edits } = walk;
  const isInstall = after.keyword === 'RUN';
  const offset = isInstall ? after.start : after.end;
  const indent = indentBefore(walk.text, after.start);
  const flags = (after.flags ?? []).filter((flag) => /^--(chown|chmod|link)\b/.test(flag)).map((flag) => `${flag} `);
  const destination = isFolder ? `${written(to, workdir, after)}/` : written(folderOf(to) || '/', workdir, after, true);
  const line = `COPY ${isInstall ? '' : flags.join('')}${from} ${destination}`;
  const text = isInstall ? `${line}\n${indent}` : `\n${indent}${line}`;
  edits.push({ kind: 'splice', file: dockerfile.file, start: offset, end: offset, text, why });
  return { ...held, placed: [...held.placed, { from, to }] };
}

/** Blanks before an instruction: all lines of a Dockerfile that is written in a compose file have some. */
function indentBefore(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

/** A container path the way the neighbouring instruction writes its own: relative to WORKDIR unless that one is absolute. */
function written(path: string, workdir: string, near: DockerInstruction, isFolder = false): string {
  const end = isFolder && path !== '/' ? '/' : '';
  const isAbsolute = near.keyword !== 'RUN' && /^(\/|\$.+\/.)/.test(near.arguments.at(-1) ?? '');
  if (isAbsolute || !isWithinContainer(path, workdir)) return path + end;
  const rest = path.slice(workdir === '/' ? 1 : workdir.length + 1);
  return rest === '' ? './' : `./${rest}${end}`;
}
