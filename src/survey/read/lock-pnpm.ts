import { parseDocument } from 'yaml';
import type { Resolve } from './lockfiles.ts';
import { dirOf, isInside, within } from './paths.ts';
import { lineAt, type Reading } from './reading.ts';

type Section = Readonly<Record<string, string | { readonly version?: string }>>;

interface Importer {
  readonly dependencies?: Section;
  readonly devDependencies?: Section;
  readonly optionalDependencies?: Section;
}

interface PnpmLock extends Importer {
  readonly importers?: Readonly<Record<string, Importer>>;
}

/** pnpm-lock.yaml, versions 5 to 9. Direct dependencies stand before `packages:`, so the long rest is never parsed. */
export function resolvePnpm(reading: Reading, file: string): Resolve {
  const lock = parseHead(reading, file);
  const home = dirOf(file);
  return (dir, name) => {
    if (!lock || !isInside(home, dir)) return undefined;
    const path = within(home, dir) || '.';
    const importer = lock.importers?.[path] ?? (path === '.' ? lock : undefined);
    const locked = importer?.dependencies?.[name] ?? importer?.devDependencies?.[name] ?? importer?.optionalDependencies?.[name];
    return exact(typeof locked === 'object' ? locked?.version : locked);
  };
}

/** Without the peers in `1.2.3(react@18)`, `1.2.3_react@18`; nothing for `link:` and addresses. An alias is `/name/1.2.3` or `name@1.2.3`. */
function exact(value: string | undefined): string | undefined {
  const bare = String(value ?? '').replace(/[(_].*$/, '');
  return /(?:^|[/@])(\d+\.\d+\.\d+[^/@]*)$/.exec(bare)?.[1];
}

function parseHead(reading: Reading, file: string): PnpmLock | undefined {
  const text = (reading.repo.read(file) ?? '').replace(/^\uFEFF/, '');
  const end = /^(packages|snapshots):/m.exec(text)?.index ?? text.length;
  const document = parseDocument(text.slice(0, end), { logLevel: 'silent' });
  const [broken] = document.errors;
  if (broken) {
    reading.report('TW1006', `${file}: ${broken.message.split('\n')[0]}`, { file, line: lineAt(text, broken.pos[0]) });
    return undefined;
  }
  return document.toJS() as PnpmLock | undefined;
}
