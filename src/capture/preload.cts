// biome-ignore-all lint/style/useNodejsImportProtocol: Node 14 before 14.18 does not know it in require
// @ts-nocheck: this file is preloaded as it stands, on Node 14 to 26, so it holds plain JavaScript of Node 14.
// Does something in the processes of a test runner only: programs that tests start stay as they are.
const runners =
  /[\\/]node_modules[\\/](?:\.bin[\\/])?(?:vitest|tinypool|jest|jest-cli|jest-worker|react-scripts|mocha|workerpool)(?:[\\/.]|$)/;
// Runners that tell nobody which test runs.
const others =
  /[\\/]node_modules[\\/](?:\.bin[\\/])?(ava|tap|@tapjs[\\/]run|tape|jasmine|uvu|qunit|playwright|@playwright[\\/]test|cypress)(?:[\\/.]|$)/;
const { NODE_TEST_CONTEXT: context, TRACEWRIGHT_TESTS: folder, TRACEWRIGHT_TESTS_HELD: held, TRACEWRIGHT_RUNNER: known } = process.env;
const nodeTest = String(context || '').startsWith('child') && !held;

// A worker thread knows no program yet, but shares the process.
const isRunner = runners.test(process.argv[1] || '') || known === String(process.pid);

if (folder && (nodeTest || isRunner)) {
  if (isRunner) process.env.TRACEWRIGHT_RUNNER = String(process.pid);
  const extension = __filename.slice(__filename.lastIndexOf('.'));
  const running = require(`./running-tests${extension}`);
  if (nodeTest) require(`./follow-node-test${extension}`);
  else require(`./follow-runners${extension}`);
  require(`./follow-requests${extension}`).followRequests(folder, running);
}

const [, other] = others.exec(process.argv[1] || '') || [];
if (folder && other) {
  const { appendFileSync } = require('fs');
  const { join } = require('path');
  const runner = other.replace(/^@/, '').replace(/[\\/].*$/, '');
  appendFileSync(join(folder, `runner-${process.pid}.jsonl`), `${JSON.stringify({ runner })}\n`);
}
