import { intersects, minVersion, validRange } from 'semver';

/** Code names as used in `lts/*` of nvm and in image tags. */
const lines: Readonly<Record<string, string>> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

/** What a moving name (`lts`, `latest`, `current`) is at least, by November 2026. */
const moving = '24';

export interface NodeVersion {
  readonly minimum: string;
  readonly range: string;
  /** True for a name that means another version every year: `lts/*`, `node:alpine`. */
  readonly floats?: true;
}

/** Reads `20`, `v18.12.1`, `lts/iron`, `lts/*`, `>=14 <17`; undefined when it is none of these. */
export function parseNodeVersion(written: string): NodeVersion | undefined {
  const text = written
    .trim()
    .replace(/^node[@-]?/i, '')
    .trim();
  const name = text.replace(/^lts[/-]/, '').toLowerCase();
  if (/^(\*|lts|latest|current|stable|node|-1|)$/.test(name))
    return /^\*?$/.test(text) ? undefined : { minimum: moving, range: `>=${moving}`, floats: true };
  const line = lines[name];
  if (line !== undefined) return { minimum: line, range: `${line}.x` };
  const range = validRange(text);
  const lowest = range === null ? null : minVersion(text);
  if (range === null || lowest === null) return undefined;
  const bare = /^v?=?v?(\d+(?:\.\d+){0,2})$/.exec(text)?.[1];
  return { minimum: bare ?? asWritten(text, lowest.version), range: bare === undefined ? text : exactOrLine(bare) };
}

/** `20` -> `20.x`, `20.11` -> `20.11.x`, `20.11.1` as it is. */
function exactOrLine(bare: string): string {
  return bare.split('.').length === 3 ? bare : `${bare}.x`;
}

/** A lower bound with as many parts as the range states. */
function asWritten(range: string, lowest: string): string {
  const [major = '0', minor = '0'] = lowest.split('.');
  if (range.includes(lowest)) return lowest;
  return range.includes(`${major}.${minor}`) ? `${major}.${minor}` : major;
}

export function isConsistent(chosen: NodeVersion, other: NodeVersion): boolean {
  return intersects(chosen.range, other.range, { includePrerelease: true });
}

/** Node version of a container image: `node:20-alpine`, `library/node:lts`, distroless `nodejs20`, `cimg/node:18.1`. */
export function imageNodeVersion(image: string): NodeVersion | undefined {
  const [, path = image, tag = ''] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(image) ?? [];
  const distroless = /(?:^|\/)nodejs-?(\d+)/.exec(path)?.[1];
  if (distroless !== undefined) return parseNodeVersion(distroless);
  const base = path.slice(path.lastIndexOf('/') + 1);
  // A digest alone is one certain version, which it does not say.
  if (tag === '' && image.includes('@')) return undefined;
  if (!/(?:^|-)node(?:js)?(?:-?\d+)?(?:-(?:alpine|slim|debian\d*|dev|minimal))?$/.test(base)) return undefined;
  if (/(?:^|\/)devcontainers\//.test(path)) return devcontainerVersion(tag);
  const [head = ''] = tag.split('-');
  if (base === 'node' && (head === '' || !/^v?\d/.test(head))) return parseNodeVersion(namedTag(tag));
  const embedded = /node(?:js)?-?(\d+(?:\.\d+)*)/.exec(`${base}:${tag}`)?.[1];
  return /^v?\d/.test(head) ? parseNodeVersion(head) : embedded === undefined ? undefined : parseNodeVersion(embedded);
}

/** `1-20-bookworm` is the first edition of the image with Node 20, `20` any edition with it, `1` that edition with whatever is newest. */
function devcontainerVersion(tag: string): NodeVersion | undefined {
  const [edition, stated] = tag.split('-').filter((part) => /^\d+(\.\d+)*$/.test(part));
  const isNode = edition !== undefined && Number(edition.split('.')[0]) >= 8;
  return parseNodeVersion(stated ?? (isNode ? edition : 'latest'));
}

function namedTag(tag: string): string {
  return tag.split('-').find((part) => part in lines || part === 'lts' || part === 'current') ?? 'latest';
}
