import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Codemod, CodemodPage } from '../src/contract/index.ts';
import { chainOf } from '../tests/harness/chain-of.ts';
import { type Fixture, listFixtures } from '../tests/harness/fixtures.ts';
import { planOn } from '../tests/harness/plan-fixture.ts';

/** docs/codemods/<id>.md: what it does, why, when it is not for you, and what it does to a real little repository. */
export function codemodPage(root: string, note: string, { meta, expects }: Codemod, page: CodemodPage): string {
  const fixture = listFixtures(join(root, 'codemods')).find(({ codemod, name }) => codemod === meta.id && name === page.example);
  if (fixture === undefined) throw new Error(`codemods/${meta.id}/page.ts names a fixture that does not exist: ${page.example}`);
  const missing = page.provenBy.find((file) => !existsSync(join(root, file)));
  if (missing !== undefined) throw new Error(`codemods/${meta.id}/page.ts names a golden trace that does not exist: ${missing}`);
  const targets = Object.entries(meta.targets).map(([name, range]) => `- \`${name}\` ${range}`);
  const spans = expects.map((span) => `- ${span.kind} \`${span.name}\`: ${span.why}`);
  const proofs = page.provenBy.map((file) => `- [${file}](../../${file})`);
  const after = meta.after.length > 0 ? ` · after: ${meta.after.map((id) => `[${id}](${id}.md)`).join(', ')}` : '';
  const sections = [
    `# ${meta.id}`,
    `<!-- ${note} -->`,
    `**${meta.title}**`,
    meta.description,
    ...(meta.optIn ? [`Used only when named: \`tracewright apply . --with ${meta.id}\``] : []),
    `Kind: ${meta.kind} · decides per ${meta.scope}${after}`,
    '## Why',
    page.why,
    '## When not',
    page.notFor,
    '## Before and after',
    ...exampleOf(fixture),
    ...(targets.length > 0 ? ['## Supported versions', targets.join('\n')] : []),
    ...(spans.length > 0 ? ['## Spans it promises', spans.join('\n')] : []),
    ...(proofs.length > 0 ? ['## Where it was seen', proofs.join('\n')] : []),
    '## Examples',
    exampleList(root, meta.id),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** What the codemod does to a fixture, as a diff of each text; what it says where it edits nothing. */
function exampleOf(fixture: Fixture): readonly string[] {
  const chain = chainOf(fixture);
  const given = planOn(fixture.before, chain.slice(0, -1)).files;
  const { files, plan } = planOn(fixture.before, chain);
  const start = fixture.with.length === 0 ? fixture.before : given;
  const names = [...new Set([...Object.keys(start), ...Object.keys(files)])].filter((file) => !file.endsWith('.tgz')).sort();
  const patches = names.flatMap((file) => {
    const [before, after] = [start[file]?.toString('utf8') ?? '', files[file]?.toString('utf8') ?? ''];
    if (before === after) return [];
    const patch = createTwoFilesPatch(file, file, before, after, undefined, undefined, { context: 2 });
    return [`\`${file}\``, `\`\`\`diff\n${patch.slice(patch.indexOf('@@')).trimEnd()}\n\`\`\``];
  });
  const own = plan?.codemods.find(({ id }) => id === fixture.codemod);
  const said = own?.status === 'applies' ? own.tasks.map(({ file, line, why, next }) => `- \`${file}:${line}\`: ${why} Next: ${next}`) : [];
  return [...patches, ...(said.length > 0 ? [patches.length > 0 ? 'And it says:' : 'It edits nothing, and says:', said.join('\n')] : [])];
}

function exampleList(root: string, id: string): string {
  const cases = readdirSync(join(root, 'codemods', id, 'fixtures'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return cases.map((name) => `- [${name.replaceAll('-', ' ')}](../../codemods/${id}/fixtures/${name})`).join('\n');
}
