import { expect, test } from 'vitest';
import { asTyped, runCli } from '../../tests/harness/run-cli.ts';
import { commands } from './commands.ts';

const wrong: readonly (readonly [string, string])[] = [
  ['paln', "TW1070  Unknown command: 'paln' (Did you mean plan?)\n  next   See the commands with `tracewright --help`.\n"],
  ['frobnicate --help', "TW1070  Unknown command: 'frobnicate'\n  next   See the commands with `tracewright --help`.\n"],
  ['plan --dif', "TW1071  Unknown option: '--dif' (Did you mean --diff?)\n  next   See the options with `tracewright plan --help`.\n"],
  ['--frozen', "TW1071  Unknown option: '--frozen'\n  next   See the options with `tracewright --help`.\n"],
  [
    'plan --out',
    "TW1072  Wrong argument: option '--out <file>' argument missing\n  next   See how it is used with `tracewright plan --help`.\n",
  ],
  [
    'plan a b',
    "TW1072  Wrong argument: too many arguments for 'plan'. Expected 1 argument but got 2.\n  next   See how it is used with `tracewright plan --help`.\n",
  ],
  [
    'explain',
    "TW1072  Wrong argument: missing required argument 'code or codemod'\n  next   See how it is used with `tracewright explain --help`.\n",
  ],
  [
    'tasks rn',
    "TW1072  Wrong argument: 'rn' is no action of tasks; did you mean run?\n  next   See how it is used with `tracewright tasks --help`.\n",
  ],
  ['tasks run --gate', "TW1071  Unknown option: '--gate'\n  next   See the options with `tracewright tasks run --help`.\n"],
  [
    'tasks approve',
    "TW1072  Wrong argument: missing required argument 'step'\n  next   See how it is used with `tracewright tasks approve --help`.\n",
  ],
  [
    'explain TW0000',
    'TW1075  Neither an error code nor a codemod: TW0000\n  next   Give a code such as TW2001, or an id from `tracewright list`.\n',
  ],
];

test.each(wrong)('%s is refused with the nearest right word and a next step', async (words, printed) => {
  const { exit, stdout, stderr } = await runCli(words.split(' '));
  expect({ exit, stdout, stderr: asTyped(stderr) }).toEqual({ exit: 2, stdout: '', stderr: printed });
});

test('an error is one JSON document on stdout with --json', async () => {
  const { exit, stdout, stderr } = await runCli(['explain', 'nothing', '--json']);
  expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'TW1075',
      title: 'Neither an error code nor a codemod',
      detail: 'nothing',
      next: 'Give a code such as TW2001, or an id from `tracewright list`.',
      exit: 2,
    },
  });
});

test('the top help names every command', async () => {
  const { exit, stdout } = await runCli([]);
  expect(exit).toBe(0);
  expect(stdout).toMatchSnapshot();
  for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`  ${name} +${summary.slice(0, 20)}`));
});

test.each(commands.map(({ name }) => name))('%s --help has examples', async (name) => {
  const { exit, stdout } = await runCli([name, '--help']);
  expect(exit).toBe(0);
  expect(stdout).toMatch(new RegExp(`\nUsage: tracewright ${name}[^\n]*\n[^]*\nExamples\n  tracewright ${name}`));
});

test.each(commands.flatMap(({ name, actions = [] }) => actions.map((action) => [name, action.name] as const)))(
  '%s %s --help says what the action takes',
  async (...words) => {
    const { exit, stdout } = await runCli([...words, '--help']);
    expect(exit).toBe(0);
    expect(stdout).toContain(`\nUsage: tracewright ${words.join(' ')} `);
  },
);

test('--version prints the version of the toolkit and nothing else', async () => {
  expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('explain says what a code means', async () => {
  expect(asTyped((await runCli(['explain', 'tw2001'])).stdout)).toMatchInlineSnapshot(`
    "TW2001  The repository changed after it was planned
      next        Run \`tracewright plan\` again, then apply the new plan.
      exit code   3, when the command ends with it
    "
  `);
});

test('colour only on a terminal', async () => {
  const { stdout } = await runCli(['explain', 'TW2001'], { env: { CI: 'true' } });
  expect(stdout).not.toContain('\u001b[');
});
