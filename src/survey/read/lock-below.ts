import type { Package, Repo } from '../../contract/index.ts';
import { versionOf } from '../facts/questions.ts';
import { baseName, dirOf, joinPath, upwards, within } from './paths.ts';

/**
 * Exact version of what a dependency brings with it: the `child` that the package's own `parent` loads, by the nearest lock file.
 * Undefined when there is none or it does not say.
 */
export function versionBelow(repo: Repo, pkg: Package, parent: string, child: string): string | undefined {
  const [file] = pkg.lockfiles;
  const version = versionOf(pkg, parent);
  const text = file === undefined ? undefined : repo.read(file);
  if (file === undefined || version === undefined || text === undefined) return undefined;
  if (baseName(file) === 'pnpm-lock.yaml') return inPnpm(text, parent, version, child);
  return baseName(file) === 'yarn.lock' ? inYarn(text, parent, version, child) : inNpm(text, within(dirOf(file), pkg.dir), parent, child);
}

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Locked>>;
}

interface NpmLock extends Locked {
  readonly packages?: Readonly<Record<string, Locked>>;
}

function inNpm(text: string, dir: string, parent: string, child: string): string | undefined {
  const lock = parseLock(text);
  if (lock?.packages === undefined) {
    const own = lock?.dependencies?.[parent];
    return (own?.dependencies?.[child] ?? (own && lock?.dependencies?.[child]))?.version;
  }
  const { packages } = lock;
  const place = upwards(dir)
    .map((at) => joinPath(at, 'node_modules', parent))
    .find((at) => packages[at] !== undefined);
  if (place === undefined) return undefined;
  return upwards(place)
    .map((at) => packages[joinPath(at, 'node_modules', child)]?.version)
    .find((version) => version !== undefined);
}

let latest: { readonly text: string; readonly lock: NpmLock | undefined } | undefined;

/** Asked for several libraries of one lock file, which may have megabytes. */
function parseLock(text: string): NpmLock | undefined {
  if (latest?.text !== text) latest = { text, lock: parseFresh(text) };
  return latest.lock;
}

function parseFresh(text: string): NpmLock | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' && parsed !== null ? (parsed as NpmLock) : undefined;
  } catch {
    // The survey has reported it.
    return undefined;
  }
}

/** The block `express@5.1.0:` (`/express@5.1.0:` and `/express/5.1.0:` before version 9) and the exact version it states. */
function inPnpm(text: string, parent: string, version: string, child: string): string | undefined {
  for (const [block, head = ''] of text.matchAll(/^ {2}(\S.*):[ \t]*\r?\n(?: {3,}.*(?:\r?\n|$)|\r?\n)*/gm)) {
    const name = head.replace(/^['"]?\/?|['"]$/g, '').replace(/[(_].*$/, '');
    if (name !== `${parent}@${version}` && name !== `${parent}/${version}`) continue;
    const found = new RegExp(`^ +['"]?${child}['"]?: +['"]?(\\d[^\\s'"(_]*)`, 'm').exec(block)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The range that the block of the parent states, and the block that answers it. */
function inYarn(text: string, parent: string, version: string, child: string): string | undefined {
  const blocks = [...text.matchAll(/^"?(\S.*):\r?\n((?:[ \t].*(?:\r?\n|$))*)/gm)].map(([, head = '', body = '']) => ({
    keys: head.split(/,\s*/).map((key) => key.replace(/"/g, '').replace('@npm:', '@')),
    version: /^ {2}version:? "?([^"\r\n]+)/m.exec(body)?.[1],
    body,
  }));
  const own = blocks.find(({ keys, version: at }) => at === version && keys.some((key) => key.startsWith(`${parent}@`)));
  const range = new RegExp(`^ {4}"?${child}"?:? "?(?:npm:)?([^"\\r\\n]+)`, 'm').exec(own?.body ?? '')?.[1];
  return range === undefined ? undefined : blocks.find(({ keys }) => keys.includes(`${child}@${range}`))?.version;
}
