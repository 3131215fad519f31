import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from './hostile/all.ts';
import { ENDS, type End, observe } from './hostile/observe.ts';

/** HOSTILE=all: every behaviour with every end, and 3,000 requests for those that crashed. Otherwise these and every third, with one end each. */
const all = process.env['HOSTILE'] === 'all';
/** How long ends take is measured in bench/collectors.ts; here a program that does not end is ended, and its signal differs. */
const PATIENCE = 600_000;
const limit = 240_000;
const ROWS = BEHAVIOURS.filter(({ crashed }, at) => all || crashed || at % 3 === 0).flatMap((behaviour, at) =>
  ENDS.filter((_end, nth) => all || nth === at % ENDS.length).map((end) => ({ behaviour, end, does: behaviour.does })),
);

describe.concurrent('a program with a collector that', () => {
  it.each(ROWS)('$does, ended by $end, is the program without one', { timeout: PATIENCE }, async ({ behaviour, end }) => {
    const requests = !behaviour.crashed ? 300 : all ? 3000 : 1500;
    const plain = await without(requests, end);
    const traced = await observe({ behaviour, requests, end, limit });
    expect(traced.seen).toEqual(plain.seen);
    expect(traced.megabytes - plain.megabytes).toBeLessThan(150);
  });
});

/** Once, each export to it kept its connection and its body, for as long as the collector stayed. */
const HOLDING = 'answers 413 before the body, reads no further and stays';
const GROWING = all ? [HOLDING, 'never answers', 'never reads', 'is busy and wants no wait at all', 'is not there'] : [HOLDING];

describe('the memory of a program with a collector that', () => {
  it.each(GROWING)('%s is bounded', { timeout: PATIENCE }, async (does) => {
    const behaviour = BEHAVIOURS.find((one) => one.does === does);
    if (behaviour === undefined) throw new Error(`no collector ${does}`);
    const requests = all ? 20_000 : 5000;
    const plain = await without(300, 'signal');
    const traced = await observe({ behaviour, requests, end: 'signal', limit });
    expect(traced.seen).toEqual({ ...plain.seen, answered: requests });
    expect(traced.megabytes - plain.megabytes).toBeLessThan(does === HOLDING ? 50 : 100);
  });
});

const known = new Map<string, ReturnType<typeof observe>>();

function without(requests: number, end: End): ReturnType<typeof observe> {
  const key = `${requests} ${end}`;
  const run = known.get(key) ?? observe({ requests, end, limit });
  known.set(key, run);
  return run;
}
