import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder, readFolder } from '../../tests/harness/run-cli.ts';
import { tsxLoader } from '../../tests/harness/tsx-loader.ts';
import { ask } from './ask.ts';

async function answered(typed: string): Promise<{ yes: boolean; shown: number; said: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = 0;
  const asked = ask('Change 2 files here?', () => shown++, { input, output });
  input.end(typed);
  return { yes: await asked, shown, said: String(output.read()) };
}

test.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['no\n', false],
  ['\n', false],
  ['', false],
  ['what\ny\n', true],
  ['what\n', false],
])('%j is understood', async (typed, yes) => {
  expect((await answered(typed)).yes).toBe(yes);
});

test('every line is shown on demand, and the choices stay visible', async () => {
  const { yes, shown, said } = await answered('s\nn\n');
  expect([yes, shown]).toEqual([false, 1]);
  expect(said.match(/Change 2 files here\?\ny = yes, s = show every line first, n = no \[n\]: /g)).toHaveLength(2);
});

const source = fileURLToPath(new URL('main.ts', import.meta.url));
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

/** What a person sees who types this, Ctrl-D included, and the exit code. */
function onTerminal(cwd: string, typed: string): Promise<{ exit: number | null; said: string }> {
  const command = `'${process.execPath}' --import '${tsxLoader}' '${source}' apply`;
  return new Promise((resolve) => {
    const child = execFile('/usr/bin/script', ['-qec', command, '/dev/null'], { cwd }, (_error, said) => {
      resolve({ exit: child.exitCode, said });
    });
    let seen = '';
    child.stdout?.on('data', (text: string) => {
      seen += text;
      if (!seen.includes('[n]: ')) return;
      seen = '';
      child.stdin?.write(typed);
    });
  });
}

test.runIf(hasTerminal).each([
  ['n and Enter', 'n\r', false],
  ['Enter', '\r', false],
  ['Ctrl-D', '\u0004', false],
  ['Ctrl-C', '\u0003', false],
  ['y and Enter', 'y\r', true],
])('on a terminal, %s', async (_name, typed, writes) => {
  const files = {
    'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
    'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
  };
  const cwd = makeFolder(files);
  const { exit, said } = await onTerminal(cwd, typed);
  expect(exit).toBe(0);
  expect(said).toContain(writes ? 'changed: ' : 'Nothing was written.');
  if (writes) expect(readFolder(cwd)).not.toEqual(files);
  else expect(readFolder(cwd)).toEqual(files);
});
