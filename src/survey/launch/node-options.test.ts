import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { nodeValued } from './node-options.ts';

// What Node itself says of its options; the names of these fields are not public.
const program = `
  const { options } = require('internal/test/binding').internalBinding('options').getCLIOptionsInfo();
  const { kInteger, kUInteger, kString, kHostPort, kStringList } = require('internal/test/binding').internalBinding('options').types;
  const valued = [kInteger, kUInteger, kString, kHostPort, kStringList];
  console.log(JSON.stringify([...options].filter(([name, { type }]) => name.startsWith('-') && valued.includes(type)).map(([name]) => name)));
`;

it('knows every option of this Node whose value may be the next word', () => {
  const out = execFileSync(process.execPath, ['--expose-internals', '--no-warnings', '-e', program], { encoding: 'utf8' });
  const named: string[] = JSON.parse(out);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !nodeValued.includes(name) && !name.endsWith('config-file'))).toEqual([]);
});
