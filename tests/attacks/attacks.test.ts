import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../harness/run-cli.ts';
import { type Attack, app, git, type Place, sha, write } from './attack.ts';
import { journalAttacks } from './journals.ts';
import { placeAttacks } from './places.ts';
import { programAttacks } from './programs.ts';
import { receiptAttacks } from './receipts.ts';

/** What lies around a repository, and a home folder in which only our own secret may appear. */
const beside = {
  'canary.txt': 'untouched\n',
  'victim/kept': 'kept\n',
  'victim/node_modules/a/index.js': '1;\n',
  'home/.profile': 'mine\n',
};

/** Every path below a folder with what it is; a file also with its time, which a careless touch changes. */
function stateOf(folder: string, below = ''): ReadonlyMap<string, string> {
  const entries = readdirSync(join(folder, below)).flatMap((name): [string, string][] => {
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) return [[path, `folder ${stat.mode}`], ...stateOf(folder, path)];
    const what = stat.isSymbolicLink()
      ? readlinkSync(join(folder, path))
      : stat.isFile() && stat.size < 1e8
        ? `${stat.mtimeMs} ${sha(readFileSync(join(folder, path)))}`
        : 'special';
    return [[path, `${stat.mode} ${what}`]];
  });
  return new Map(entries);
}

function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Our own: an empty folder that an attempt leaves nothing in, and the secret in the user's folder. */
function isOurs(path: string): boolean {
  return path === 'repo/.tracewright' || path.startsWith('home/state');
}

function lay(attack: Attack): Place & { remove(): void } {
  const around = mkdtempSync(join(tmpdir(), 'tracewright-attack-'));
  const place = { around, repo: join(around, 'repo') };
  write({ around, repo: around }, beside);
  mkdirSync(place.repo);
  git(place.repo, 'init', '-q');
  write(place, { ...app, 'package-lock.json': '{}\n' });
  git(place.repo, 'add', '-A');
  git(place.repo, 'commit', '-qm', 'first');
  attack.lay(place);
  return { ...place, remove: () => rmSync(around, { recursive: true, force: true }) };
}

async function run(attack: Attack): Promise<void> {
  const place = lay(attack);
  const state = join(place.around, 'home/state');
  const env = { HOME: join(place.around, 'home'), XDG_STATE_HOME: state, ...attack.env?.(place) };
  try {
    let before = stateOf(place.around);
    for (const [words, code, then] of attack.runs) {
      const { exit, stdout, stderr } = await runCli(words.split(' '), { cwd: place.repo, env });
      expect(`${words}: ${/^TW\d+/m.exec(stderr)?.[0] ?? ''}`, stderr).toBe(`${words}: ${code}`);
      expect(exit === 0).toBe(code === '');
      expect(stdout + stderr).not.toMatch(/TW9001|\n {4}at /);
      const changed = changedBetween(before, stateOf(place.around)).filter((path) => !isOurs(path));
      const may = [...(attack.may ?? []).map((path) => `repo/${path}`), ...(attack.mayAround ?? [])];
      expect(changed.filter((path) => !may.some((prefix) => path.startsWith(prefix) || prefix.startsWith(`${path}/`)))).toEqual([]);
      if (then === undefined) continue;
      then(place);
      before = stateOf(place.around);
    }
    if (existsSync(join(place.repo, 'run.sh')) && attack.may?.includes('run.sh'))
      expect(lstatSync(join(place.repo, 'run.sh')).mode & 0o7000).toBe(0);
  } finally {
    place.remove();
  }
}

const tables = { receipts: receiptAttacks, journals: journalAttacks, places: placeAttacks, programs: programAttacks };

test('there are more than 40 of them', () => {
  const all = Object.values(tables).flat();
  expect(all.length).toBeGreaterThan(60);
  expect(new Set(all.map(({ holds }) => holds)).size).toBe(all.length);
});

describe.each(Object.entries(tables))('%s', (_name, attacks) => {
  test.each(attacks.map((attack) => [attack.holds, attack] as const))('%s', { timeout: 60_000 }, (_holds, attack) => run(attack));
});

test('what must stay as it is would be seen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-attack-'));
  writeFileSync(join(folder, 'a'), '1');
  linkSync(join(folder, 'a'), join(folder, 'b'));
  const before = stateOf(folder);
  writeFileSync(join(folder, 'b'), '2');
  mkdirSync(join(folder, 'c'));
  expect(changedBetween(before, stateOf(folder))).toEqual(['a', 'b', 'c']);
  rmSync(folder, { recursive: true });
});
