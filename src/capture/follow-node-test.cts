// @ts-nocheck: part of the preloaded file, plain JavaScript.
const { end, start } = require(`./running-tests${__filename.slice(__filename.lastIndexOf('.'))}`);
const { afterEach, beforeEach } = require('node:test');

// Programs that this test file starts inherit NODE_TEST_CONTEXT, but are no tests.
process.env.TRACEWRIGHT_TESTS_HELD = '1';

const nameOf = (test) => test.fullName || test.name;

beforeEach(function noteStart(test) {
  start(nameOf(test), process.argv[1], nameOf(test).split(' > '), false);
});

afterEach(function noteEnd(test) {
  end(nameOf(test));
});
