import type { DockerInstruction, Splice } from '../../src/contract/index.ts';
import { joinPath } from '../shared/paths.ts';
import { reasons } from './reasons.ts';

const manifestMount = /--mount=type=bind,[^\s]*?\b(?:source|src)=([^,\s]+),(?:target|dst|destination)=([^,\s]+)/g;

/** `RUN --mount=type=bind,source=package.json,...` brings the manifest in for one step; the packed middleware must come the same way. */
export function mountEdit(file: string, text: string, install: DockerInstruction, home: string): Splice | undefined {
  const command = text.slice(install.start, install.end);
  const manifest = joinPath(home, 'package.json');
  const vendor = joinPath(home, 'vendor');
  const mounts = [...command.matchAll(manifestMount)];
  if (mounts.some(([, source = '']) => tidy(source) === vendor)) return undefined;
  const mount = mounts.find(([, source = '']) => tidy(source) === manifest);
  if (mount === undefined) return undefined;
  const target = (mount[2] ?? '').replace(/package\.json$/, 'vendor');
  const end = mount.index + mount[0].length;
  const separator = /^\s*\\\r?\n[\t ]*/.exec(command.slice(end))?.[0].replaceAll('\r', '') ?? ' ';
  const at = install.start + end;
  const added = `${separator}--mount=type=bind,source=${vendor},target=${target}`;
  return { kind: 'splice', file, start: at, end: at, text: added, why: reasons.mountVendor };
}

function tidy(path: string): string {
  return path.replace(/^\.?\//, '');
}
