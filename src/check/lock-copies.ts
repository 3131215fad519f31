/** One copy of a package, and where it is. */
export interface Copy {
  readonly place: string;
  readonly version: string;
}

/** Copies of `@opentelemetry/api` that a lock file installs: npm by folder, yarn and pnpm by version. */
export function apiCopiesIn(file: string, text: string): readonly Copy[] {
  if (file.endsWith('.json')) return npmCopies(file, text);
  const versions = file.endsWith('.yaml') ? pnpmVersions(text) : yarnVersions(text);
  return [...new Set(versions)].sort().map((version) => ({ place: file, version }));
}

function pnpmVersions(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}['"]?\/?@opentelemetry\/api[@/](\d[^'":(_]*)/gm)].map(([, version = '']) => version);
}

/**
 * `api-logs` is the one official package that depends on the API instead of asking for it as a peer, and yarn gives it a copy of its own.
 * It loads nothing of it, so that copy splits no trace.
 */
export function isUnusedCopy(place: string): boolean {
  return place.endsWith('node_modules/@opentelemetry/api-logs/node_modules/@opentelemetry/api');
}

function yarnVersions(text: string): readonly string[] {
  const entries = text.split(/\r?\n\r?\n/).map((block) => block.trim());
  const asked = (ofApiLogs: boolean): Set<string> =>
    new Set(
      entries
        .filter((block) => /^['"]?@opentelemetry\/api-logs@/.test(block) === ofApiLogs)
        .flatMap((block) => [...block.matchAll(/^\s+['"]?@opentelemetry\/api['"]?:? "?([^"\r\n]+)/gm)].map(([, range = '']) => range)),
    );
  const [byApiLogs, byOthers] = [asked(true), asked(false)];
  const isUnused = (key: string): boolean =>
    [...key.matchAll(/@opentelemetry\/api@([^",:]+(?::[^",:]+)?)/g)].every(
      ([, range = '']) => byApiLogs.has(range) && !byOthers.has(range),
    );
  const copies = entries.flatMap((block) => {
    const [, key, version] = /^['"]?(@opentelemetry\/api@[^\n]*):\r?\n\s+"?version"?:? "?(\d[^"\r\n]*)/m.exec(block) ?? [];
    return key === undefined || version === undefined ? [] : [{ version, unused: isUnused(key) }];
  });
  const used = copies.filter(({ unused }) => !unused);
  return (used.length > 0 ? used : copies).map(({ version }) => version);
}

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Locked>>;
}

function npmCopies(file: string, text: string): readonly Copy[] {
  const home = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const lock = parseLock(text);
  if (lock.packages === undefined) return nested(lock, home);
  return Object.entries(lock.packages)
    .filter(([place]) => /(?:^|\/)node_modules\/@opentelemetry\/api$/.test(place) && !isUnusedCopy(place))
    .map(([place, { version = 'unknown' }]) => ({ place: home + place, version }));
}

function nested({ dependencies }: Locked, folder: string): readonly Copy[] {
  return Object.entries(dependencies ?? {}).flatMap(([name, locked]) => {
    const place = `${folder}node_modules/${name}`;
    const own = name === '@opentelemetry/api' && !isUnusedCopy(place) ? [{ place, version: locked.version ?? 'unknown' }] : [];
    return [...own, ...nested(locked, `${place}/`)];
  });
}

/** A lock file that is no JSON is reported by the survey. */
function parseLock(text: string): Locked & { readonly packages?: Readonly<Record<string, Locked>> } {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
