import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { inContext } from './copy-step.ts';
import type { Step } from './dockerfile.ts';
import { type Build, environmentOf, type Image, inside, put } from './stage.ts';

/** RUN, with what is mounted for it alone; throws where the build would stop. */
export function run({ rest, exec, flags, heredocs }: Step, image: Image, build: Build): void {
  const mounts = (flags['mount'] ?? []).flatMap((mount) => bindMount(mount, image, build));
  const command = exec ? exec.map((word) => `'${word}'`).join(' ') : heredocs.length > 0 && /^<</.test(rest) ? (heredocs[0] ?? '') : rest;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', inside(command, image)], {
    cwd: join(image.root, image.workdir),
    env: environmentOf(image),
    encoding: 'utf8',
    timeout: 300_000,
  });
  for (const target of mounts) rmSync(target, { recursive: true, force: true });
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}\n${`${stdout}\n${stderr}`.slice(-3000)}`);
}

/** A file or folder of the context that is there for one RUN only; gives what is to be removed after it. */
function bindMount(mount: string, image: Image, build: Build): readonly string[] {
  const options = new Map(mount.split(',').map((option) => [option.split('=')[0] ?? '', option.split('=')[1] ?? '']));
  if ((options.get('type') ?? 'bind') !== 'bind' || options.has('from')) return [];
  const [path] = inContext(build, options.get('source') ?? options.get('src') ?? '.');
  if (path === undefined) throw new Error(`RUN --mount=${mount}: not in the build context`);
  const target = join(image.root, posix.resolve(image.workdir, options.get('target') ?? options.get('dst') ?? '.'));
  if (existsSync(target)) return [];
  put(join(build.context, path), target);
  return [target];
}
