import type { Dockerfile, DockerInstruction, Splice, Task } from '../../src/contract/index.ts';
import { baseOf, folderOf, isWithin } from '../kit/index.ts';
import { joinContainer, type StageFiles, type TracedService } from '../service/index.ts';
import { vendored } from './manifest-edits.ts';
import { reasons } from './reasons.ts';

/** What one Dockerfile must copy besides what it copies now, for one service. */
export interface Walk {
  readonly dockerfile: Dockerfile;
  readonly text: string;
  readonly traced: TracedService;
  /** The service's folder as the build context names it. */
  readonly home: string;
  /** What the build context holds. */
  readonly files: readonly string[];
  /** True when the middleware comes from a packed file beside package.json. */
  readonly isVendored: boolean;
  readonly edits: Splice[];
  readonly tasks: Task[];
}

/** A build writes the package.json that is installed, with what it finds imported, into a folder that the repository does not hold. */
export function leaveWrittenManifest({ dockerfile, traced, files, tasks }: Walk, held: StageFiles, install: DockerInstruction): void {
  const isStarted = traced.service.launches.some(({ evidence }) => evidence.file === dockerfile.file);
  const written = held.placed.findLast(({ from, by }) => by !== undefined && from !== '' && !files.some((file) => isWithin(file, from)));
  if (!isStarted || written === undefined) return;
  const isFile = baseOf(written.from).includes('.');
  const [from, to] = isFile ? [folderOf(written.from), folderOf(written.to)] : [written.from, written.to];
  const next = reasons.writtenManifestNext(joinContainer(to, vendored));
  tasks.push({ file: dockerfile.file, line: install.line, why: reasons.writtenManifest(from), next });
}

/** `WORKDIR dist/apps/api`, `RUN npm install`: a folder below package.json that only the build can have made. */
export function leaveBuiltFolder(
  { dockerfile, traced, files, tasks }: Walk,
  { workdir }: StageFiles,
  install: DockerInstruction,
  root: string,
): void {
  const inside = isWithinContainer(workdir, root) ? workdir.slice(root === '/' ? 1 : root.length + 1) : '';
  const isStarted = traced.service.launches.some(({ evidence }) => evidence.file === dockerfile.file);
  if (!isStarted || inside === '' || files.some((file) => isWithin(file, inside))) return;
  const next = reasons.writtenManifestNext(joinContainer(workdir, vendored));
  tasks.push({ file: dockerfile.file, line: install.line, why: reasons.writtenManifest(inside), next });
}

export function isWithinContainer(path: string, workdir: string): boolean {
  return workdir === '/' ? true : path === workdir || path.startsWith(`${workdir}/`);
}
