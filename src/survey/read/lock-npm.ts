import type { Resolve } from './lockfiles.ts';
import { dirOf, isInside, joinPath, upwards, within } from './paths.ts';
import type { Reading } from './reading.ts';

interface Locked {
  readonly version?: string;
  readonly link?: boolean;
}

interface NpmLock {
  readonly packages?: Readonly<Record<string, Locked>>;
  readonly dependencies?: Readonly<Record<string, Locked>>;
}

/** package-lock.json and npm-shrinkwrap.json, versions 1 to 3. */
export function resolveNpm(reading: Reading, file: string): Resolve {
  const lock = parseLock(reading, file);
  const home = dirOf(file);
  return (dir, name) => {
    if (!lock || !isInside(home, dir)) return undefined;
    if (lock.packages === undefined) return exact(lock.dependencies?.[name]);
    const found = upwards(within(home, dir))
      .map((at) => lock.packages?.[joinPath(at, 'node_modules', name)])
      .find((each) => each !== undefined);
    return exact(found);
  };
}

/** Links to workspaces and git addresses have no version of their own. */
function exact(locked: Locked | undefined): string | undefined {
  return locked?.link === true || !/^\d/.test(String(locked?.version ?? '')) ? undefined : locked?.version;
}

function parseLock(reading: Reading, file: string): NpmLock | undefined {
  try {
    // A lock file may have megabytes: the platform's parser, and only the few fields above are looked at.
    const parsed: unknown = JSON.parse((reading.repo.read(file) ?? '').replace(/^\uFEFF/, ''));
    if (typeof parsed === 'object' && parsed !== null) return parsed as NpmLock;
    reading.report('TW1006', `${file}: it is not an object`, { file, line: 1 });
  } catch (cause) {
    reading.report('TW1006', `${file}: ${cause instanceof Error ? cause.message.split('\n')[0] : 'not JSON'}`, { file, line: 1 });
  }
  return undefined;
}
