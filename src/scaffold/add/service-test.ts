import type { Edit } from '../../contract/index.ts';
import { type Facts, firstOf } from './facts.ts';

/** A test in the manner of a template's: before its helper that asks. */
export function addTest(facts: Facts, path: string, asked: string): Edit | undefined {
  const file = firstOf(facts, ['test/service.test.ts']);
  const text = file === undefined ? undefined : facts.repo.read(file);
  const start = text?.search(/^async function get\(path: string\)/m) ?? -1;
  if (file === undefined || start < 0) return undefined;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => `${name}: '1'`);
  const answer = names.length === 0 ? '{ ok: true }' : `{ ${names.join(', ')} }`;
  const test = `test('${path} answers', async () => {\n  expect(await get('${asked}')).toEqual([200, ${answer}]);\n});\n\n`;
  return { kind: 'splice', file, start, end: start, text: test, why: `Asks ${path}, as the tests beside it do.` };
}
