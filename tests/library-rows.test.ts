import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import { type Node, nodesOf, parseSource, staticString } from '../src/ast/index.ts';
import { libraries, libraryOf } from '../src/libraries/index.ts';
import { listSources } from './harness/list-sources.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const sources = listSources(project, ['src', 'codemods']).filter((file) => !file.startsWith('src/libraries/'));

/** Lists of three or more libraries in a source: what one of them is like stands in its row. */
function libraryLists(file: string, text: string): readonly string[] {
  const result = parseSource(file, text);
  if (result.status !== 'parsed') throw new Error(`${file}: ${result.message}`);
  return nodesOf(result.source).flatMap((node) => {
    const named = namesIn(node).filter((name) => libraryOf(name) !== undefined);
    return named.length < 3 ? [] : [`${file}: ${named.join(', ')}`];
  });
}

function namesIn(node: Node): readonly string[] {
  if (node.type === 'ArrayExpression') return node.elements.flatMap((each) => (each === null ? [] : (staticString(each) ?? [])));
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((each) => {
    if (each.type !== 'Property' || each.computed) return [];
    return each.key.type === 'Identifier' ? each.key.name : (staticString(each.key) ?? []);
  });
}

describe('what is known of a library stands in its row', () => {
  it('and in no second list', () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.flatMap((file) => libraryLists(file, readFileSync(`${project}${file}`, 'utf8')))).toEqual([]);
  });

  it.each([
    ["const routers = new Set(['koa', 'fastify', 'polka']);", 'koa, fastify, polka'],
    ["const next = { next: 1, pino: 2, '@hapi/hapi': 3 };", 'next, pino, @hapi/hapi'],
  ])('%s is reported', (text, names) => {
    expect(libraryLists('src/a.ts', text)).toEqual([`src/a.ts: ${names}`]);
  });

  it('and codemods take their versions from it', () => {
    const stated = libraries.flatMap(({ name, spans }) =>
      spans.flatMap((each) => (each.by === 'codemod' ? [{ library: name, id: each.id, versions: each.versions }] : [])),
    );
    expect(stated.length).toBeGreaterThan(0);
    for (const { library, id, versions } of stated) {
      expect(codemods.find(({ meta }) => meta.id === id)?.meta.targets[library], `${id} and ${library}`).toBe(versions);
    }
  });
});
