// @ts-nocheck: part of the preloaded file, plain JavaScript of Node 14.
/** Tests that run now in this process. */
const running = [];
/** The realm that the tests run in; Jest has one of its own. */
exports.realm = globalThis;

exports.start = function start(key, file, names, concurrent) {
  running.push({ key, file, names, concurrent });
};

exports.end = function end(key) {
  const at = running.findIndex((test) => test.key === key);
  if (at >= 0) running.splice(at, 1);
};

function surrounds(outer, inner) {
  return inner.file === outer.file && outer.names.every((name, at) => inner.names[at] === name);
}

/** Vitest keeps the test that runs in the state of its worker, where it is only read. */
function vitestTest({ current, filepath }) {
  if (current?.type !== 'test' || current.concurrent) return undefined;
  const names = [];
  for (let at = current; at && at !== current.file; at = at.suite) names.unshift(at.name);
  return { file: current.file?.filepath || filepath, names };
}

/** The test that makes a request now; undefined outside a test and when several could be it. */
exports.current = function current() {
  const state = globalThis.__vitest_worker__;
  if (state) return vitestTest(state);
  const last = running[running.length - 1];
  return last && running.every((test) => !test.concurrent && surrounds(test, last)) ? last : undefined;
};
