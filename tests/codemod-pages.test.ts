import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import type { CodemodKind, CodemodPage, ExpectedSpan } from '../src/contract/index.ts';
import { type NormalSpan, parseGolden } from '../src/trace/index.ts';
import { listFixtures } from './harness/fixtures.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const fixtures = listFixtures();

interface Seen {
  readonly kind: string;
  readonly name: string;
  readonly logs: readonly string[];
}

/** Why golden traces do not prove a codemod of such a kind; undefined when they do. */
function unproven(kind: CodemodKind, expects: readonly ExpectedSpan[], spans: readonly Seen[]): string | undefined {
  if (kind === 'log') return spans.some(({ logs }) => logs.length > 0) ? undefined : 'no span carries a log record';
  if (kind === 'client') return spans.some((span) => span.kind === 'CLIENT') ? undefined : 'there is no CLIENT span';
  if (kind !== 'server' && kind !== 'messaging') return undefined;
  if (expects.length === 0) return 'it promises no span';
  const missing = expects.find((each) => !spans.some((span) => span.kind === each.kind && new RegExp(each.name).test(span.name)));
  return missing && `no ${missing.kind} span is called ${missing.name}`;
}

/** Every span of a golden trace, children included. */
function spansIn(file: string): readonly Seen[] {
  const withChildren = (span: NormalSpan): readonly Seen[] => [
    { kind: span.kind, name: span.name, logs: span.logs ?? [] },
    ...(span.children ?? []).flatMap(withChildren),
  ];
  return parseGolden(readFileSync(`${project}${file}`, 'utf8'), file).traces.flatMap(({ spans }) => spans.flatMap(withChildren));
}

describe.each(codemods.map((codemod) => [codemod.meta.id, codemod] as const))('%s', (id, { meta, expects }) => {
  it('has a page: why, when not, and an example that changes something or says something', async () => {
    const { page }: { page: CodemodPage } = await import(`../codemods/${id}/page.ts`);
    for (const text of [page.why, page.notFor]) expect(text).toMatch(/^[A-Z`].{40,}\.$/s);
    expect(fixtures.map(({ codemod, name }) => `${codemod}/${name}`)).toContain(`${id}/${page.example}`);
    const shown = readFileSync(`${project}docs/codemods/${id}.md`, 'utf8');
    expect(shown).toMatch(/## Before and after\n\n(`[^\n]+`\n\n```diff\n@@|It edits nothing, and says:\n\n- )/);
  });

  it('is proven by golden traces of programs that ran, if its kind is one that emits', async () => {
    const { page }: { page: CodemodPage } = await import(`../codemods/${id}/page.ts`);
    expect(unproven(meta.kind, expects, page.provenBy.flatMap(spansIn))).toBeUndefined();
  });
});

describe('a codemod without proof is reported', () => {
  const server: ExpectedSpan = { kind: 'SERVER', name: '^GET /', why: 'A route.' };
  it.each([
    ['server', [], [], 'it promises no span'],
    ['server', [server], [{ kind: 'SERVER', name: 'GET', logs: [] }], 'no SERVER span is called ^GET /'],
    ['client', [], [{ kind: 'SERVER', name: 'GET /a', logs: [] }], 'there is no CLIENT span'],
    ['log', [], [{ kind: 'SERVER', name: 'GET /a', logs: [] }], 'no span carries a log record'],
  ] as const)('%s', (kind, expects, spans, said) => {
    expect(unproven(kind, expects, spans)).toBe(said);
  });
});
