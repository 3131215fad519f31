import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TracewrightError } from '../src/contract/index.ts';
import { embeddedEngine } from '../src/tasks/embedded-engine.ts';
import type { StepHandlers } from '../src/tasks/engine.ts';
import { lawGraph, lawHandlers } from '../src/tasks/engine-laws.ts';
import { TASKS } from '../src/tasks/home.ts';
import { parseJournal } from '../src/tasks/journal.ts';

const graph = lawGraph(['a', 'b after a', 'gate g after a', 'c after b g']);
// Thousands of durable runs: in memory where the system offers that.
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folders: string[] = [];
let journal: Buffer;

/** Step b fails the first time it is ever begun, the gate waits until somebody says yes; what a step leaves depends on its name alone. */
function handlers(begun: string[] = []): StepHandlers {
  const made = lawHandlers((id, { said, earlier }) => {
    begun.push(id);
    if (id === 'b' && earlier === 0) throw new TracewrightError('TW4009', 'not yet');
    if (id === 'g' && said === undefined) return { status: 'waiting', output: { question: 'Go on?' } };
    return { status: 'done', output: { made: `by ${id} \u001b"é` } };
  });
  return made.handlers;
}

function rootWith(bytes: Uint8Array): string {
  const root = mkdtempSync(join(scratch, 'tracewright-journal-'));
  folders.push(root);
  mkdirSync(join(root, TASKS), { recursive: true });
  writeFileSync(join(root, TASKS, 'journal.ndjson'), bytes);
  return root;
}

async function finish(root: string, begun: string[] = []): Promise<unknown> {
  const engine = embeddedEngine({ root, graph, handlers: handlers(begun) });
  const status = await engine.run({ pauseMs: 0 });
  if (status.state !== 'waiting') return ends(status);
  await engine.signal('g', { approved: true, note: 'yes' });
  return ends(await engine.run({ pauseMs: 0 }));
}

function ends({ state, steps }: { state: string; steps: readonly { step: { id: string }; state: string; output?: unknown }[] }): unknown {
  return [state, ...steps.map((each) => [each.step.id, each.state, each.output])];
}

function damageOf(bytes: Buffer): string | undefined {
  try {
    parseJournal(bytes);
    return undefined;
  } catch (error) {
    return error instanceof TracewrightError ? `${error.code} ${error.detail}` : String(error);
  }
}

beforeAll(async () => {
  const root = rootWith(Buffer.alloc(0));
  await finish(root);
  journal = readFileSync(join(root, TASKS, 'journal.ndjson'));
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the journal of a real run', () => {
  it('holds every kind of thing that happens to a step', () => {
    const events = new Set(parseJournal(journal).records.map(({ event }) => event));
    expect([...events].sort()).toEqual(['done', 'fail', 'signal', 'start', 'wait']);
  });

  it('is cut at every byte: the next run comes to the same end, and no step with a whole record of its end is begun again', {
    timeout: 120_000,
  }, async () => {
    const end = await finish(rootWith(journal));
    for (let length = 0; length < journal.length; length += 1) {
      const root = rootWith(journal.subarray(0, length));
      const kept = parseJournal(journal.subarray(0, length)).records;
      const begun: string[] = [];
      expect(await finish(root, begun), `cut at byte ${length}`).toEqual(end);
      const finished = kept.flatMap((record) => (record.event === 'done' ? [record.step] : []));
      expect(
        begun.filter((id) => finished.includes(id)),
        `cut at byte ${length}`,
      ).toEqual([]);
      const after = readFileSync(join(root, TASKS, 'journal.ndjson'));
      expect(parseJournal(after).records.slice(0, kept.length)).toEqual(kept);
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('tells every flipped bit, with its line', { timeout: 60_000 }, () => {
    const untold: string[] = [];
    let line = 1;
    for (const [at, byte] of journal.entries()) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Buffer.from(journal);
        flipped[at] = byte ^ (1 << bit);
        if (damageOf(flipped) !== `TW4006 journal.ndjson:${line} is not as it was written`) untold.push(`byte ${at}, bit ${bit}`);
      }
      if (byte === 10) line += 1;
    }
    expect(untold).toEqual([]);
    expect(line).toBe(journal.toString().split('\n').length);
  });

  it('tells a line that is missing, doubled or moved', () => {
    const lines = journal.toString().split('\n').slice(0, -1);
    const parse = (changed: readonly string[]): unknown => parseJournal(Buffer.from(changed.map((line) => `${line}\n`).join('')));
    for (let at = 0; at < lines.length - 1; at += 1) {
      const damaged = expect.objectContaining({ code: 'TW4006', detail: expect.stringContaining(`:${at + 1} `) });
      expect(() => parse(lines.toSpliced(at, 1))).toThrow(damaged);
      expect(() => parse(lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? ''))).toThrow(damaged);
      expect(() => parse(lines.toSpliced(at, 0, lines[at] ?? ''))).toThrow(expect.objectContaining({ code: 'TW4006' }));
    }
  });

  it('is the same for the same work on any machine: no clock, host, process id or folder', async () => {
    const root = rootWith(Buffer.alloc(0));
    await finish(root);
    expect(readFileSync(join(root, TASKS, 'journal.ndjson'))).toEqual(journal);
  });
});
