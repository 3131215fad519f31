import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { median, type Row } from '../table.ts';
import { type Kill, recordsOf, runWithKills } from './kill.ts';
import { makeShop, type Shop } from './shop.ts';

const wanted = Number(process.env['RECOVERY_KILLS'] ?? 100);
const perRun = 10;

/** Kills a run of 30 steps with -9 at random moments, goes on each time, and compares the end with a run that nobody killed. */
export async function benchRecovery(cli: string): Promise<Row[]> {
  const calm = await makeShop();
  await runWithKills(cli, calm, () => 0, 0);
  const expected = treeOf(calm);
  remove(calm);
  const random = randomFrom(20_261_122);
  const found: (Kill & Verdict)[] = [];
  while (found.length < wanted) {
    const shop = await makeShop();
    const kills = await runWithKills(cli, shop, random, Math.min(perRun, wanted - found.length));
    const verdict = judge(shop, expected);
    if (verdict.differs) console.error(`differs: ${shop.root}`);
    else remove(shop);
    for (const kill of kills) found.push({ ...kill, ...verdict, lost: lostAfter(kill, verdict) });
    console.error(`${found.length} kills; ${JSON.stringify({ repeated: verdict.repeated, differs: verdict.differs })}`);
  }
  return tableOf(found);
}

interface Verdict {
  readonly records: readonly { readonly hash: string }[];
  readonly lost: number;
  readonly repeated: number;
  readonly differs: boolean;
}

function judge(shop: Shop, expected: string): Verdict {
  const records = recordsOf(shop);
  return { records, lost: 0, repeated: repeatedIn(shop), differs: treeOf(shop) !== expected };
}

/** Records that were on the disk when it was killed and are not at the end. */
function lostAfter({ before }: Kill, { records }: Verdict): number {
  return before.filter(({ hash }, at) => records[at]?.hash !== hash).length;
}

/** Steps begun again after the journal said that they were done; of shell steps, their own notes are asked as well. */
function repeatedIn(shop: Shop): number {
  const done = new Set<string>();
  let repeated = 0;
  const begun = new Map<string, number>();
  for (const record of recordsOf(shop)) {
    if (record.event === 'start' && done.has(record.identity)) repeated += 1;
    if (record.event === 'start') begun.set(record.step, (begun.get(record.step) ?? 0) + 1);
    if (record.event === 'done') done.add(record.identity);
  }
  const notes = readFileSync(shop.effects, 'utf8').split('\n');
  for (const [step, count] of begun) if (notes.filter((note) => note === `start ${step}`).length > count) repeated += 1;
  return repeated;
}

/** Every committed file but the journal, which tells of the kills. */
function treeOf({ git }: Shop): string {
  const files = git('ls-tree', '-r', 'HEAD').split('\n');
  return `${git('status', '--porcelain')}\n${files.filter((line) => !line.endsWith('journal.ndjson')).join('\n')}`;
}

function tableOf(kills: readonly (Kill & Verdict)[]): Row[] {
  const victims = [...new Set(kills.map(({ victim }) => victim))].sort();
  const row = (name: string, some: readonly (Kill & Verdict)[]): Row => {
    const times = some.flatMap(({ resumeMs }) => (resumeMs === undefined ? [] : [Math.round(resumeMs)]));
    return {
      'killed with -9': name,
      kills: some.length,
      'lost records': some.reduce((sum, { lost }) => sum + lost, 0),
      'repeated finished steps': some.reduce((sum, { repeated }) => sum + repeated, 0),
      'different trees': some.filter(({ differs }) => differs).length,
      'resume ms, median': times.length === 0 ? '–' : median(times),
      'resume ms, most': times.length === 0 ? '–' : Math.max(...times),
    };
  };
  return [
    ...victims.map((victim) =>
      row(
        victim,
        kills.filter((kill) => kill.victim === victim),
      ),
    ),
    row('all', kills),
  ];
}

/** The same moments in every run of the benchmark (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function remove({ root }: Shop): void {
  rmSync(dirname(root), { recursive: true, force: true });
}
