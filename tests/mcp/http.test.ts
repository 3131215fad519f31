import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectHttpV2, type HttpServer, startHttp } from '../harness/mcp-client.ts';
import { makeFolder, runCli } from '../harness/run-cli.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await startHttp({ cwd: makeFolder({ 'a/package.json': '{}', 'b/package.json': '{}' }), words: ['--root', 'a', 'b'] });
});
afterAll(() => server.stop());

/** The status of a POST with these headers. */
function post(headers: Readonly<Record<string, string>>, path = '/mcp'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = server.url;
    const asked = request(
      { hostname, port, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.once('error', reject);
    asked.end('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  });
}

test('only this machine may call, and no page of another site', async () => {
  const accept = 'application/json, text/event-stream';
  expect(await post({ accept })).toBe(200);
  expect(await post({ accept, host: 'localhost' })).toBe(200);
  expect(await post({ accept, host: 'evil.example' })).toBe(403);
  expect(await post({ accept, origin: 'https://evil.example' })).toBe(403);
  expect(await post({ accept, origin: 'http://localhost:5173' })).toBe(200);
  expect(await post({ accept }, '/')).toBe(404);
});

test('several roots: `.` is the first, others are named as they are, and nothing else is touched', async () => {
  const client = await connectHttpV2(server.url);
  const first = await client.call('status', { root: '.' });
  expect(first.facts).toMatchObject({ next: { arguments: { root: '.' } } });
  expect(await client.call('status', { root: '/' })).toMatchObject({ facts: { code: 'TW1090' } });
  await client.close();
});

test.each<readonly [words: readonly string[], code: string]>([
  [['--http', 'x'], 'TW1072'],
  [['--http', '70000'], 'TW1072'],
  [['--wait', 'long'], 'TW1072'],
  [['--root', 'nowhere'], 'TW1001'],
  [['extra'], 'TW1072'],
])('mcp %j ends with %s', async (words, code) => {
  expect((await runCli(['mcp', ...words], { cwd: makeFolder({}) })).stderr).toContain(code);
});

test('a port that is taken is named', async () => {
  const run = await runCli(['mcp', '--http', server.url.port], { cwd: makeFolder({}) });
  expect(run).toMatchObject({ exit: 4 });
  expect(run.stderr).toContain(`TW3005  A port is already in use: ${server.url.port}`);
});
