import { describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import type { LibraryAnswer, Plan } from '../src/contract/index.ts';
import { libraries } from '../src/libraries/index.ts';
import { orderCodemods } from '../src/registry/index.ts';
import { planOn } from './harness/plan-fixture.ts';

type Manifest = Readonly<Record<string, unknown>>;

function planFor(manifest: Manifest, files: Readonly<Record<string, string>> = {}): Plan {
  const base = { name: 'shop', private: true, engines: { node: '20' }, scripts: { start: 'node server.js' } };
  const texts = { 'package.json': JSON.stringify({ ...base, ...manifest }), 'server.js': "require('http').createServer();\n", ...files };
  const bytes = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, Buffer.from(text)]));
  const { plan, refusal } = planOn(bytes, orderCodemods(codemods));
  if (plan === undefined) throw refusal;
  return plan;
}

function answer(plan: Plan, library: string): LibraryAnswer | undefined {
  return plan.libraries.find((each) => each.library === library);
}

const known = libraries.filter(({ name, role }) => role !== 'platform' && role !== 'router' && !name.endsWith('*'));
const started = known.filter(({ owns }) => owns === undefined);

describe('every library of a known kind', () => {
  const plan = planFor({ dependencies: Object.fromEntries(started.map(({ name }) => [name, '*'])) });

  it('ends in one of three places', () => {
    expect(started.length).toBeGreaterThan(150);
    expect(started.map(({ name }) => name).filter((name) => answer(plan, name) === undefined)).toEqual([]);
    expect(new Set(plan.libraries.map((each) => each.answer))).toEqual(new Set(['traced', 'left', 'dark']));
    for (const { library, why } of plan.libraries) expect(why, library).toMatch(/^\S.*\.$/);
  });

  it('that is left to a person has a task', () => {
    const tasks = plan.codemods.flatMap((one) => (one.status === 'applies' ? one.tasks.map(({ why }) => why) : []));
    const left = plan.libraries.filter((each) => each.answer === 'left' && !each.why.startsWith('It works through'));
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter(({ why }) => !tasks.includes(why)).map(({ library }) => library)).toEqual([]);
  });

  it('that is dark in a service of another language level or build is told as well', () => {
    const bundled = planFor({
      scripts: { start: 'node dist/server.js', build: 'esbuild server.js --bundle --platform=node --outdir=dist' },
      dependencies: { pg: '8.11.3' },
    });
    expect(answer(bundled, 'pg')).toMatchObject({ answer: 'left' });
    const old = planFor({ type: 'module', engines: { node: '16' }, dependencies: { ioredis: '5.3.2' } });
    expect(answer(old, 'ioredis')).toMatchObject({ answer: 'left', why: expect.stringContaining('ES modules') });
  });
});

describe('a library that another one loads', () => {
  const pnpm = (ioredis: string): string =>
    `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      bullmq:\n        specifier: 5.58.0\n        version: 5.58.0\n\npackages:\n\n  bullmq@5.58.0:\n    resolution: {}\n\nsnapshots:\n\n  bullmq@5.58.0:\n    dependencies:\n      ioredis: ${ioredis}\n`;
  const yarn = 'bullmq@5.58.0:\n  version "5.58.0"\n  dependencies:\n    ioredis "^5.4.1"\n\nioredis@^5.4.1:\n  version "5.4.2"\n';

  it.each([
    ['no lock file', {}, '*'],
    ['pnpm', { 'pnpm-lock.yaml': pnpm('5.4.1') }, '5.4.1'],
    ['yarn', { 'yarn.lock': yarn }, '5.4.2'],
  ])('is instrumented as if it were named: %s', (_name, files, version) => {
    const plan = planFor({ dependencies: { bullmq: '5.58.0' } }, files);
    expect(answer(plan, 'ioredis')).toMatchObject({ answer: 'traced', through: 'bullmq', version });
    expect(answer(plan, 'bullmq')).toMatchObject({ answer: 'traced', why: expect.stringContaining('carry their trace') });
  });

  it('is left where its version is out of range', () => {
    const plan = planFor({ dependencies: { bullmq: '5.58.0' } }, { 'pnpm-lock.yaml': pnpm('9.0.0') });
    expect(answer(plan, 'ioredis')).toMatchObject({ answer: 'left', version: '9.0.0' });
  });

  it('is not there where the lock file has none below', () => {
    const plan = planFor({ dependencies: { bullmq: '5.58.0' } }, { 'yarn.lock': 'bullmq@5.58.0:\n  version "5.58.0"\n' });
    expect(answer(plan, 'ioredis')).toBeUndefined();
    expect(answer(plan, 'bullmq')).toMatchObject({ answer: 'traced' });
  });
});

it('a library by another name is told by its real one', () => {
  const plan = planFor({ dependencies: { express4: 'npm:express@4.21.2', 'my-pg': 'npm:pg@8.11.3', axios0: 'npm:axios@0.27.2' } });
  expect(answer(plan, 'express')).toMatchObject({ answer: 'traced', as: 'express4', version: '4.21.2' });
  expect(answer(plan, 'pg')).toMatchObject({ answer: 'left', as: 'my-pg' });
  expect(answer(plan, 'axios')).toMatchObject({ answer: 'traced', as: 'axios0' });
});

it('what works through a library that nobody declares is seen as what that one works through', () => {
  const plan = planFor({ dependencies: { '@nestjs/typeorm': '^10.0.0', pg: '^8.11.0' } });
  expect(answer(plan, '@nestjs/typeorm')).toMatchObject({ answer: 'traced', why: 'Its calls are seen as those of pg.' });
});
