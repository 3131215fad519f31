import assert from 'node:assert/strict';
import { TracewrightError } from '../contract/index.ts';
import { sealGraph } from './check-graph.ts';
import type { StepContext, StepEnd, StepHandlers, TaskEngine } from './engine.ts';
import { type Step, shapes, type TaskGraph } from './graph.ts';

/** One place where an engine keeps its records; each call of `open` stands for another process. */
export interface EngineStore {
  open(graph: TaskGraph, handlers: StepHandlers): TaskEngine;
}

/** Something that holds for every engine, whatever it keeps its records in. */
export interface EngineLaw {
  readonly name: string;
  /** Throws when it does not hold. The store is empty. */
  check(store: EngineStore): Promise<void>;
}

type Body = (id: string, context: StepContext) => StepEnd | Promise<StepEnd>;

const done: StepEnd = { status: 'done', output: {} };

/** A graph of shell commands: `['a', 'b after a', 'gate g after a', 'observe o after a: x -> y', 'c: x -> y']`; `!` makes other work of a name. */
export function lawGraph(lines: readonly string[]): TaskGraph {
  const steps = lines.map((line): Step => {
    const [, what, id = '', changed = '', after, pairs] = /^(gate |observe )?([\w-]+)(!)?(?: after ([^:]+))?(?:: (.+))?$/.exec(line) ?? [];
    const named = pairs?.split(', ') ?? [];
    const propagates = named.map((pair) => ({ producer: pair.split(' -> ')[0] ?? '', consumer: pair.split(' -> ')[1] ?? '' }));
    const shared = { id, after: after?.split(' ') ?? [], attempts: 2, ...(what === undefined && pairs !== undefined && { propagates }) };
    const plan = `${id}${changed}`;
    if (what === 'observe ') return { ...shared, kind: 'observe', input: { plan, folders: [], pairs: named } };
    if (what !== undefined) return { ...shared, kind: 'gate', input: { plan, question: 'Go on?' } };
    return { ...shared, kind: 'command', input: { plan, folder: '', command: 'true' } };
  });
  return sealGraph('1', { '.': { base: '0'.repeat(40), branch: 'main' } }, steps);
}

/** Handlers that do all kinds of steps with one function, and a list of what was begun. */
export function lawHandlers(body: Body): { readonly begun: string[]; readonly handlers: StepHandlers } {
  const begun: string[] = [];
  const handler = async ({ id }: Step, context: StepContext): Promise<StepEnd> => {
    begun.push(id);
    return body(id, context);
  };
  const handlers = Object.fromEntries(Object.keys(shapes).map((kind) => [kind, handler])) as unknown as StepHandlers;
  return { begun, handlers };
}

const gated: Body = (_id, { said }) => (said?.approved ? done : { status: 'waiting', output: {} });

function fails(code: string): (error: unknown) => boolean {
  return (error) => error instanceof TracewrightError && error.code === code;
}

/** What a migration needs of its engine. An adapter is one when all of them hold. */
export const engineLaws: readonly EngineLaw[] = [
  {
    name: 'does every step once, after all it names, and says so to whoever asks later',
    check: async (store) => {
      const graph = lawGraph(['d after b c', 'b after a', 'c after a', 'a']);
      const { begun, handlers } = lawHandlers(() => done);
      assert.equal((await store.open(graph, handlers).run()).state, 'done');
      assert.deepEqual([begun[0], begun[3], begun.length], ['a', 'd', 4]);
      assert.equal((await store.open(graph, handlers).status()).state, 'done');
      assert.equal((await store.open(graph, handlers).run()).state, 'done');
      assert.equal(begun.length, 4);
    },
  },
  {
    name: 'does again what is other work now, and nothing else',
    check: async (store) => {
      const { begun, handlers } = lawHandlers(() => done);
      await store.open(lawGraph(['a', 'b after a', 'c after b']), handlers).run();
      await store.open(lawGraph(['a', 'b! after a', 'c after b']), handlers).run();
      assert.deepEqual(begun, ['a', 'b', 'c', 'b']);
    },
  },
  {
    name: 'does several at once where the graph allows, never more than asked for',
    check: async (store) => {
      let now = 0;
      let most = 0;
      const { handlers } = lawHandlers(async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return done;
      });
      await store.open(lawGraph(['a', 'b', 'c', 'd', 'e']), handlers).run({ jobs: 2 });
      assert.equal(most, 2);
    },
  },
  {
    name: 'tries as often as a step allows, keeps the reason, goes on elsewhere, and tries again in the next run',
    check: async (store) => {
      let broken = true;
      const { begun, handlers } = lawHandlers((id) => {
        if (id === 'b' && broken) throw new TracewrightError('TW4009', 'b is broken');
        return done;
      });
      const graph = lawGraph(['a', 'b after a', 'c after a', 'd after b']);
      const status = await store.open(graph, handlers).run({ pauseMs: 0 });
      assert.equal(status.state, 'failed');
      assert.deepEqual(begun.sort(), ['a', 'b', 'b', 'c']);
      const failure = { code: 'TW4009', reason: 'b is broken' };
      assert.deepEqual(status.steps.find(({ step }) => step.id === 'b')?.failure, failure);
      broken = false;
      assert.equal((await store.open(graph, handlers).run()).state, 'done');
      assert.deepEqual(begun.slice(4), ['b', 'd']);
    },
  },
  {
    name: 'stops at a step that waits until somebody answers it, from any process',
    check: async (store) => {
      const graph = lawGraph(['a', 'gate g after a', 'b after g']);
      const { begun, handlers } = lawHandlers((id, context) => (id === 'g' ? gated(id, context) : done));
      assert.equal((await store.open(graph, handlers).run()).state, 'waiting');
      assert.equal((await store.open(graph, handlers).run()).state, 'waiting');
      await store.open(graph, handlers).signal('g', { approved: true, note: 'yes' });
      assert.equal((await store.open(graph, handlers).run()).state, 'done');
      assert.deepEqual(begun, ['a', 'g', 'g', 'b']);
    },
  },
  {
    name: 'opens an edge that propagates when its pair was observed, each by itself',
    check: async (store) => {
      const graph = lawGraph(['a', 'observe o after a: x -> y, y -> z', 'b: x -> y', 'c after a: y -> z', 'd: x -> y, y -> z']);
      let pairs: readonly string[] = [];
      const { begun, handlers } = lawHandlers((id) => {
        if (id !== 'o') return done;
        if (pairs.length === 2) return { status: 'done', output: { pairs } };
        return { status: 'failed', error: new TracewrightError('TW4024', 'not all of them'), output: { pairs } };
      });
      assert.equal((await store.open(graph, handlers).run({ pauseMs: 0 })).state, 'failed');
      assert.deepEqual(begun, ['a', 'o', 'o']);
      pairs = ['x -> y'];
      const status = await store.open(graph, handlers).run({ pauseMs: 0 });
      assert.deepEqual([status.state, begun.includes('b'), begun.includes('c'), begun.includes('d')], ['failed', true, false, false]);
      pairs = ['x -> y', 'y -> z'];
      assert.equal((await store.open(graph, handlers).run({ pauseMs: 0 })).state, 'done');
      assert.deepEqual(begun.filter((id) => id !== 'o').sort(), ['a', 'b', 'c', 'd']);
    },
  },
  {
    name: 'refuses an answer to a step that is unknown, does not wait for one, or is done',
    check: async (store) => {
      const { handlers } = lawHandlers(() => done);
      const engine = store.open(lawGraph(['a', 'gate g']), handlers);
      const yes = { approved: true, note: '' };
      await assert.rejects(engine.signal('x', yes), fails('TW4004'));
      await assert.rejects(engine.signal('a', yes), fails('TW4017'));
      await engine.run();
      await assert.rejects(engine.signal('g', yes), fails('TW4017'));
    },
  },
  {
    name: 'ends what runs when it is cancelled from elsewhere, and goes on only when a run says so',
    check: async (store) => {
      const graph = lawGraph(['a', 'b after a', 'c after b']);
      let first = true;
      const { begun, handlers } = lawHandlers(async (id, { stop }) => {
        if (id !== 'b' || !first) return done;
        first = false;
        await store.open(graph, handlers).cancel('wrong week');
        await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
        throw new TracewrightError('TW3011', id);
      });
      const status = await store.open(graph, handlers).run();
      assert.deepEqual([status.state, status.cancelled], ['cancelled', 'wrong week']);
      await assert.rejects(store.open(graph, handlers).run(), fails('TW4011'));
      assert.equal((await store.open(graph, handlers).run({ resume: true })).state, 'done');
      assert.deepEqual(begun, ['a', 'b', 'b', 'c']);
    },
  },
  {
    name: 'never does a step twice because two ask for it at once',
    check: async (store) => {
      const graph = lawGraph(['a', 'b after a', 'c after a']);
      const { begun, handlers } = lawHandlers(() => new Promise((resolve) => setImmediate(() => resolve(done))));
      const both = await Promise.allSettled([store.open(graph, handlers).run(), store.open(graph, handlers).run()]);
      for (const each of both) if (each.status === 'rejected') assert.ok(fails('TW4007')(each.reason), String(each.reason));
      assert.deepEqual(begun.sort(), ['a', 'b', 'c']);
      assert.equal((await store.open(graph, handlers).status()).state, 'done');
    },
  },
];
