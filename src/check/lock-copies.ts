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

function yarnVersions(text: string): readonly string[] {
  return [...text.matchAll(/^['"]?@opentelemetry\/api@[^\n]*:\r?\n\s+"?version"?:? "?(\d[^"\r\n]*)/gm)].map(([, version = '']) => version);
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
    .filter(([place]) => /(?:^|\/)node_modules\/@opentelemetry\/api$/.test(place))
    .map(([place, { version = 'unknown' }]) => ({ place: home + place, version }));
}

function nested({ dependencies }: Locked, folder: string): readonly Copy[] {
  return Object.entries(dependencies ?? {}).flatMap(([name, locked]) => {
    const place = `${folder}node_modules/${name}`;
    const own = name === '@opentelemetry/api' ? [{ place, version: locked.version ?? 'unknown' }] : [];
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
