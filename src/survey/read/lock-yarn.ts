import { createRequire } from 'node:module';
import { parse as parseYaml } from 'yaml';
import type { Resolve } from './lockfiles.ts';
import { lineAt, type Reading } from './reading.ts';

interface Block {
  readonly text: string;
  readonly start: number;
}

interface YarnLockfile {
  parse(text: string): { object: Record<string, { version?: string }> };
}

const lazyRequire = createRequire(import.meta.url);

/** yarn.lock of Yarn 1 and of Yarn 2 and later. Only the blocks that are asked for are parsed: whole files take seconds. */
export function resolveYarn(reading: Reading, file: string): Resolve {
  const text = reading.repo.read(file) ?? '';
  const isBerry = /^__metadata:/m.test(text);
  const blocks = indexBlocks(text);
  if (/^(<<<<<<<|>>>>>>>)/m.test(text)) {
    reading.report('TW1006', `${file}: it has merge conflict markers`, { file, line: lineAt(text, text.search(/^(<<<<<<<|>>>>>>>)/m)) });
    return () => undefined;
  }
  return (_dir, name, range) => {
    const wanted = blocks.get(name) ?? [];
    const keys = isBerry ? [`${name}@${range}`, `${name}@npm:${range}`] : [`${name}@${range}`];
    for (const block of wanted) {
      const entries = reading.once(`${file}:${block.start}`, () => parseBlock(reading, file, block, isBerry));
      const hit = Object.entries(entries).find(([key]) => key.split(/,\s*/).some((each) => keys.includes(each)));
      if (hit) return version(hit[1]?.version);
    }
    return undefined;
  };
}

function version(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d/.test(value) && value !== '0.0.0-use.local' ? value : undefined;
}

/** Unindented lines open a block; the package names on them are its index. */
function indexBlocks(text: string): ReadonlyMap<string, readonly Block[]> {
  const index = new Map<string, Block[]>();
  for (const match of text.matchAll(/^[^\s#].*:\r?\n(?:[ \t].*(?:\r?\n|$))*/gm)) {
    const [head = ''] = match[0].split('\n', 1);
    // Of a block only its key and its version are needed.
    const block = { text: `${head}\n${/^ {2}version.*/m.exec(match[0])?.[0] ?? ''}\n`, start: match.index };
    for (const name of new Set([...head.matchAll(/(?:^|, *)"?((?:@[^/@\s"]+\/)?[^@\s",]+)@/g)].map((each) => each[1] ?? ''))) {
      index.set(name, [...(index.get(name) ?? []), block]);
    }
  }
  return index;
}

function parseBlock(reading: Reading, file: string, block: Block, isBerry: boolean): Record<string, { version?: string }> {
  try {
    if (isBerry) return (parseYaml(block.text) as Record<string, { version?: string }> | null) ?? {};
    return reading.once<YarnLockfile>('yarn parser', () => lazyRequire('@yarnpkg/lockfile') as YarnLockfile).parse(block.text).object;
  } catch (cause) {
    const line = lineAt(reading.repo.read(file) ?? '', block.start);
    reading.report('TW1006', `${file}: ${cause instanceof Error ? cause.message.split('\n')[0] : 'unreadable entry'}`, { file, line });
    return {};
  }
}
