import type { DockerInstruction, Splice } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';
import { reasons } from './reasons.ts';

/** A bind mount from the build context; `bind` is the type when none is written. */
interface Mount {
  readonly end: number;
  readonly source: string;
  readonly target: string;
}

function bindMounts(command: string): readonly Mount[] {
  return [...command.matchAll(/--mount=(\S+)/g)].flatMap((found) => {
    const options = new Map((found[1] ?? '').split(',').map((option) => [option.split('=')[0] ?? '', option.split('=')[1] ?? '']));
    const source = options.get('source') ?? options.get('src');
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
    if ((options.get('type') ?? 'bind') !== 'bind' || options.has('from') || source === undefined || target === undefined) return [];
    return [{ end: found.index + found[0].length, source: tidy(source), target }];
  });
}

/** `RUN --mount=type=bind,source=package.json,...` brings the manifest in for one step; the packed middleware must come the same way. */
export function mountEdit(file: string, text: string, install: DockerInstruction, home: string): Splice | undefined {
  const command = text.slice(install.start, install.end);
  const manifest = joinPath(home, 'package.json');
  const vendor = joinPath(home, 'vendor');
  const mounts = bindMounts(command);
  if (mounts.some(({ source }) => source === vendor)) return undefined;
  const mount = mounts.find(({ source }) => source === manifest);
  if (mount === undefined) return undefined;
  const { end } = mount;
  const target = mount.target.replace(/package\.json$/, 'vendor');
  const separator = /^\s*\\\r?\n[\t ]*/.exec(command.slice(end))?.[0].replaceAll('\r', '') ?? ' ';
  const at = install.start + end;
  const added = `${separator}--mount=type=bind,source=${vendor},target=${target}`;
  return { kind: 'splice', file, start: at, end: at, text: added, why: reasons.mountVendor };
}

function tidy(path: string): string {
  return path.replace(/^\.?\//, '');
}
