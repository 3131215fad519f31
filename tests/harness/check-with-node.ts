import { spawnSync } from 'node:child_process';

/** Text to check as the file it is in. */
export interface NodeSource {
  readonly name: string;
  readonly text: string;
  readonly module: boolean;
}

/** Compiles each text the way `node --check` does; runs nothing. */
const program = `
const { readFileSync } = require('node:fs');
const vm = require('node:vm');
const sources = JSON.parse(readFileSync(0, 'utf8'));
const faults = sources.map(({ name, text, module }) => {
  const code = text.replace(/^\\uFEFF/, '').replace(/^#!.*/, '');
  try {
    if (module) new vm.SourceTextModule(code, { identifier: name });
    else vm.compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: name });
    return null;
  } catch (error) {
    return String(error);
  }
});
process.stdout.write(JSON.stringify(faults));
`;

/** One answer per text: what Node refuses, or null. One child process for all of them. */
export function checkWithNode(sources: readonly NodeSource[]): readonly (string | null)[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', '-e', program], {
    input: JSON.stringify(sources),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  const faults: (string | null)[] = JSON.parse(stdout);
  return faults;
}
