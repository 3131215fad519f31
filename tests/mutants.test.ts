import { describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import type { Codemod, Edit, Repo, Splice } from '../src/contract/index.ts';
import { orderCodemods } from '../src/registry/index.ts';
import { type Fixture, listFixtures } from './harness/fixtures.ts';
import { importsExist } from './harness/import-law.ts';
import { givesAfter, holdsForVariants, isDeterministic, isIdempotent, type Law, staysParsable } from './harness/laws.ts';
import { keepsTypes } from './harness/type-law.ts';

const laws: readonly Law[] = [givesAfter, isIdempotent, isDeterministic, holdsForVariants, staysParsable];
const fixtures = listFixtures();

/** A codemod whose detection or edits are changed on the way. */
function mutate(codemod: Codemod, change: Partial<Pick<Codemod, 'detect' | 'plan'>>): Codemod {
  return {
    meta: codemod.meta,
    expects: codemod.expects,
    detect: change.detect ?? ((repo, survey) => codemod.detect(repo, survey)),
    plan: change.plan ?? ((sites, repo, survey) => codemod.plan(sites, repo, survey)),
  };
}

function withEdits(codemod: Codemod, change: (edits: readonly Edit[]) => readonly Edit[]): Codemod {
  return mutate(codemod, {
    plan: (sites, repo, survey) => {
      const draft = codemod.plan(sites, repo, survey);
      return { ...draft, edits: change(draft.edits) };
    },
  });
}

/** What the laws say of a mutant and not of the codemod as it is; an error of the engine counts, too. */
function violationsOf(mutant: Codemod, own: readonly Fixture[]): readonly string[] {
  const original = codemods.find(({ meta }) => meta.id === mutant.meta.id) ?? mutant;
  const known = new Set(allViolations(original, own));
  return allViolations(mutant, own).filter((violation) => !known.has(violation));
}

function allViolations(codemod: Codemod, own: readonly Fixture[]): readonly string[] {
  return own.flatMap((fixture) => laws.flatMap((law) => judge(law, codemod, fixture)));
}

function judge(law: Law, mutant: Codemod, fixture: Fixture): readonly string[] {
  const others = orderCodemods(codemods).filter(({ meta }) => fixture.with.includes(meta.id));
  try {
    return law([...others, mutant], fixture);
  } catch (error) {
    return [String(error)];
  }
}

function find(id: string): readonly [Codemod, readonly Fixture[]] {
  const codemod = codemods.find(({ meta }) => meta.id === id);
  if (codemod === undefined) throw new Error(`no codemod ${id}`);
  const own = fixtures.filter((fixture) => fixture.codemod === id);
  expect(own.length).toBeGreaterThan(0);
  return [codemod, own];
}

/** Codemods that change something in a fixture; others only report. */
const changing = codemods
  .map(({ meta }) => meta.id)
  .filter((id) => fixtures.some(({ codemod, after }) => codemod === id && after !== undefined));

const isSplice = (edit: Edit): edit is Splice => edit.kind === 'splice';

describe('planted mutants are caught', () => {
  it('a codemod that forgets what is already done', () => {
    const [codemod, own] = find('express-tracing');
    const blind = (repo: Repo): Repo => ({
      files: repo.files,
      mentioning: (needles) => repo.mentioning(needles),
      read: (file) => repo.read(file)?.replaceAll('traceExpress', 'otherExpress'),
    });
    const mutant = mutate(codemod, {
      detect: (repo, survey) => codemod.detect(blind(repo), survey),
      plan: (sites, repo, survey) => codemod.plan(sites, blind(repo), survey),
    });
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });

  it('a line above the shebang', () => {
    const [codemod, own] = find('otel-load');
    const mutant = withEdits(codemod, (edits) =>
      edits.map((edit) => (isSplice(edit) ? { ...edit, start: 0, end: edit.end - edit.start } : edit)),
    );
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });

  it.each(['express-tracing', 'otel-load'])('edits of %s that are in another order', (id) => {
    const [codemod, own] = find(id);
    const mutant = withEdits(codemod, (edits) => {
      const splices = edits.filter(isSplice);
      const texts = splices.map(({ text }) => text).reverse();
      const moved = splices.map((edit, index) => ({ ...edit, text: texts[index] ?? '' }));
      return [...edits.filter((edit) => !isSplice(edit)), ...moved];
    });
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });

  it('a plan that depends on the order of files', () => {
    const [codemod, own] = find('express-tracing');
    const mutant = mutate(codemod, { plan: (sites, repo, survey) => codemod.plan(sites.slice(0, 1), repo, survey) });
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });

  it.each([
    ['an option that the middleware does not have', 'otel-bootstrap', 'serviceName:', 'serviceLabel:'],
    ['a function that the middleware does not export', 'express-tracing', 'traceExpress', 'traceExpres'],
  ])('%s, which only types tell', (_name, id, from, to) => {
    const [codemod, own] = find(id);
    const rewrite = (text: string): string => text.replaceAll(from, to);
    const mutant = withEdits(codemod, (edits) => edits.map((edit) => ('text' in edit ? { ...edit, text: rewrite(edit.text) } : edit)));
    const said = own.flatMap((fixture) => judge(keepsTypes, mutant, fixture));
    expect(own.flatMap((fixture) => judge(keepsTypes, codemod, fixture))).toEqual([]);
    expect(said.join('\n')).toContain(to.replace(':', ''));
  });

  it.each([
    ['a function that the middleware does not export, in JavaScript', 'express-tracing', 'traceExpress', 'traceExpres'],
    ['a module that the middleware does not have', 'http-server-tracing', '@tracewright/middleware/http', '@tracewright/middleware/htp'],
    ['an instrumentation that does not exist', 'otel-bootstrap', '/instrumentation-pg', '/instrumentation-pq'],
    ['a bootstrap that is not there', 'otel-load', './instrumentation', './instrumentations'],
  ])('%s', (_name, id, from, to) => {
    const [codemod, own] = find(id);
    const mutant = withEdits(codemod, (edits) =>
      edits.map((edit) => ('text' in edit ? { ...edit, text: edit.text.replaceAll(from, to) } : edit)),
    );
    expect(own.flatMap((fixture) => judge(importsExist, codemod, fixture))).toEqual([]);
    expect(own.flatMap((fixture) => judge(importsExist, mutant, fixture)).join('\n')).toContain(to);
  });

  it.each(['otel-load'])('%s that skips one launch or entry', (id) => {
    const [codemod, own] = find(id);
    const mutant = withEdits(codemod, (edits) => edits.slice(0, -1));
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });

  it.each(changing)('%s that plans nothing, or plans without a reason', (id) => {
    const [codemod, own] = find(id);
    expect(
      violationsOf(
        withEdits(codemod, () => []),
        own,
      ),
    ).not.toEqual([]);
    const silent = withEdits(codemod, (edits) => edits.map((edit) => ({ ...edit, why: ' ' })));
    expect(violationsOf(silent, own)).not.toEqual([]);
  });

  it.each(changing)('%s that writes its own line endings', (id) => {
    const [codemod, own] = find(id);
    const mutant = withEdits(codemod, (edits) =>
      edits.map((edit) => (isSplice(edit) ? { ...edit, text: `${edit.text}\n` } : { ...edit, file: `${edit.file}.x` })),
    );
    expect(violationsOf(mutant, own)).not.toEqual([]);
  });
});
