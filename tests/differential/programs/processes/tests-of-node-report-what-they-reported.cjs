/*
nodes: '>=20'
*/
const http = require('http');
const { spawnSync } = require('child_process');

if (process.env.NODE_TEST_CONTEXT || process.argv[2] === 'test') {
  const { test, mock } = require('node:test');
  const assert = require('node:assert');
  const server = http.createServer((req, res) => res.end('ok'));
  test('answers', (t, done) => {
    server.listen(0, () =>
      http.get({ port: server.address().port, agent: false }, (res) => {
        assert.strictEqual(res.statusCode, 200);
        server.close(done);
      }),
    );
  });
  test('fails', () => assert.strictEqual(1, 2));
  test('has timers of its own', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let ran = false;
    setTimeout(() => {
      ran = true;
    }, 1000);
    mock.timers.tick(1000);
    assert.ok(ran);
    mock.timers.reset();
  });
} else {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, __filename, 'test'], { encoding: 'utf8' });
  const steady = (text) => text.replace(/.*(?:duration_ms|location:|stack:).*\n/g, '').replace(/^tracewright: .*\n/gm, '');
  console.log(steady(stdout).replace(/^ {4}.*\n/gm, ''), steady(stderr).length, status);
}
