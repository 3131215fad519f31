import { expect, it } from 'vitest';
import { programIn, splitCommand } from './program.ts';

it.each([
  ['/repo/node_modules/tracewright', 'npx --no tracewright@1.2.3'],
  ['/usr/lib/node_modules/tracewright', 'npx -y tracewright@1.2.3'],
  ['/home/me/tracewright', 'node ../home/me/tracewright/dist/src/cli/main.js'],
])('starts what lies in %s with %s', (folder, program) => {
  expect(programIn(folder, '/repo', '1.2.3').join(' ')).toBe(program);
});

it.each([
  ['npx -y tracewright@1.2.3', ['npx', '-y', 'tracewright@1.2.3']],
  [`node "../my tools/main.js" 'a "b"' c"d e"`, ['node', '../my tools/main.js', 'a "b"', 'cd e']],
])('splits %s as a shell does', (command, words) => {
  expect(splitCommand(command)).toEqual(words);
});

it.each(['', '  ', 'node "main.js', "node 'a"])('refuses %j', (command) => {
  expect(() => splitCommand(command)).toThrow(/TW1072/);
});
