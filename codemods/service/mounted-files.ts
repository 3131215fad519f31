import type { Entry, Launch, Mount, Repo, Survey } from '../../src/contract/index.ts';
import { folderOf, isWithin, relativeFrom, withoutFolder } from '../kit/index.ts';
import { isPlacedAt, joinContainer, resolveContainer, stagesIn } from './docker-files.ts';

/** A compose service that mounts an entry, and where its container has it. */
interface Mounted {
  readonly mounts: readonly Mount[];
  readonly by: Mount;
  readonly path: string;
}

/** The mount by which a container has an entry, but not a file beside or above it that the entry is to load. */
export function mountWithout(entry: Entry, file: string, launches: readonly Launch[], survey: Survey, repo: Repo): Mount | undefined {
  return mountedIn(entry, launches, survey).find(({ mounts, path, by }) => {
    const wanted = resolveContainer(folderOf(path) || '/', relativeFrom(folderOf(entry.file), file));
    if (mounts.some((mount) => pathIn(mount, file) === wanted)) return false;
    const dockerfile = survey.dockerfiles.find((each) => each.file === by.dockerfile);
    const stage = dockerfile && stagesIn(dockerfile, repo).at(-1);
    if (stage === undefined || dockerfile === undefined || !isWithin(file, dockerfile.context)) return true;
    const isHidden = mounts.some(({ target }) => wanted === target || wanted.startsWith(`${target}/`));
    return isHidden || !isPlacedAt(stage, withoutFolder(file, dockerfile.context), wanted);
  })?.by;
}

function mountedIn(entry: Entry, launches: readonly Launch[], { mounts }: Survey): readonly Mounted[] {
  const services = new Map<string, readonly Mount[]>();
  for (const mount of mounts) {
    const key = `${mount.evidence.file} ${mount.service}`;
    services.set(key, [...(services.get(key) ?? []), mount]);
  }
  return [...services.values()].flatMap((own) => {
    const [by] = own.filter((mount) => pathIn(mount, entry.file) !== undefined).toSorted((a, b) => b.target.length - a.target.length);
    const path = by && pathIn(by, entry.file);
    return by === undefined || path === undefined || !runs(by, entry, launches) ? [] : [{ mounts: own, by, path }];
  });
}

/** True when this service starts the entry: by its own command, or by that of its image. */
function runs({ service, dockerfile }: Mount, entry: Entry, launches: readonly Launch[]): boolean {
  return launches.some(
    ({ kind, name, entry: started, evidence }) =>
      started === entry.file && ((kind === 'compose' && name === service) || (kind === 'dockerfile' && evidence.file === dockerfile)),
  );
}

/** Where a mount puts a file of the repository; undefined when it does not. */
function pathIn({ source, target }: Mount, file: string): string | undefined {
  if (source === undefined || !isWithin(file, source)) return undefined;
  return file === source ? target : joinContainer(target, withoutFolder(file, source));
}
