import { spawnSync } from 'node:child_process';

/** A gate, and what its output must say to prove that it looked at something. */
interface Gate {
  readonly name: string;
  readonly command: string;
  readonly saw?: RegExp;
}

const gates: readonly Gate[] = [
  { name: 'generated files', command: 'npm run -s generate -- --check', saw: /[1-9]\d* codemods/ },
  { name: 'format and lint', command: 'npx biome ci --colors=off .', saw: /Checked [1-9]\d* files/ },
  { name: 'types', command: 'npx tsc -p tsconfig.json --listFilesOnly | grep -c src/', saw: /^[1-9]/ },
  { name: 'types', command: 'npx tsc -p tsconfig.json --noEmit' },
  { name: 'types of the views', command: 'npx tsc -p src/mcp/views/browser --listFilesOnly | grep -c views/browser/', saw: /^[1-9]/ },
  { name: 'types of the views', command: 'npx tsc -p src/mcp/views/browser' },
  {
    name: 'import directions',
    command: 'npx depcruise --config .dependency-cruiser.cjs src codemods middleware/src',
    saw: /[1-9]\d* modules/,
  },
  { name: 'unused code', command: 'npx knip' },
  { name: 'tests', command: 'npm run test:quick', saw: /Tests .*[1-9]\d{3} passed/ },
];

const skipped = new Set(process.argv.flatMap((word) => (word.startsWith('--skip=') ? [word.slice(7)] : [])));
let passed = 0;
for (const gate of gates.filter(({ name }) => !skipped.has(name))) {
  const began = performance.now();
  const run = spawnSync(gate.command, { shell: true, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 1 << 28 });
  const output = run.stdout + run.stderr;
  const blind = gate.saw !== undefined && !gate.saw.test(output);
  if (run.status !== 0 || blind) {
    console.error(output);
    console.error(`check: ${gate.name} failed${blind && run.status === 0 ? ': it looked at nothing' : ''} (${gate.command})`);
    process.exit(1);
  }
  passed++;
  console.log(`ok  ${gate.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}
console.log(`${passed} gates passed`);
