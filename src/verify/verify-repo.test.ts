import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commitAll, makeRepo } from './fixtures/test-repo.ts';
import { recordRepo, renderReport, type VerifyReport, verifyRepo } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

function yaml(extra = '', requests = ['GET /health', 'GET /boom']): string {
  return `version: 1\nservices:\n  - name: shop\n    command: node server.js\n${extra}scenarios:\n  - name: default\n    requests:\n${requests.map((each) => `      - ${each}\n`).join('')}`;
}

const twoServices = `version: 1
services:
  - name: gateway
    env: { SERVICE: gateway, STOCK_URL: "\${services.stock.url}" }
  - name: stock
    env: { SERVICE: stock }
scenarios:
  - name: journey
    requests: [GET /stock]
`;

function check(report: VerifyReport, id: string): string {
  const found = report.checks.find((each) => each.id === id);
  return `${found?.status}: ${[found?.summary, ...(found?.details ?? [])].join(' | ')}`;
}

describe('verifyRepo', () => {
  it('proves a traced program, with nothing but its package.json', async () => {
    const progress: string[] = [];
    const report = await verifyRepo(makeRepo(), { env, onProgress: (message) => progress.push(message) });
    expect(report).toMatchObject({
      ok: true,
      setup: 'derived',
      spans: 1,
      requests: [{ request: 'GET /', status: 200, trace: { spanCount: 1 } }],
    });
    expect(report.services[0]?.exit).toMatchObject({ code: 0, signal: null, forced: false, early: false, leftBehind: [] });
    expect(progress[0]).toBe('Starting shop: npm start --silent');
    expect(renderReport(report, { color: false })).toMatch(
      /GET \/ {2}200[\s\S]*SERVER GET \/[\s\S]*✓ Instrumentation loaded first in 1 program[\s\S]*verified {2}1 span, /,
    );
  });

  it('gives a service that wants the port of another one a port in PORT', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const code = `require('node:http').createServer((req, res) => res.end(process.argv[1])).listen(process.env.PORT || ${port});\n`;
    const manifest = (name: string): string => JSON.stringify({ name, scripts: { start: 'node server.js' } });
    const files = ['web', 'api'].flatMap((name) => [
      [`${name}/package.json`, manifest(name)] as const,
      [`${name}/server.js`, code] as const,
    ]);
    const report = await verifyRepo(makeRepo({ 'package.json': '{}', ...Object.fromEntries(files) }, 'none'), { env });
    expect(report.requests.map(({ service, status }) => `${service} ${status}`)).toEqual(['api 200', 'web 200']);
    expect(report.notes.join()).toMatch(
      new RegExp(`(web and api|api and web) both want port ${port}, so \\w+ was given another one in PORT`),
    );
  });

  it('names the launch when the start script does not find its file', async () => {
    const files = {
      'package.json': '{\n"scripts": {\n"start": "node ./gone.js" } }',
      'tracewright.yaml': yaml().replace(/ +command.*\n/, ''),
    };
    await expect(verifyRepo(makeRepo(files), { env })).rejects.toMatchObject({
      code: 'TW1010',
      detail: 'start: `./gone.js` (package.json:3)',
      cause: { code: 'TW3003' },
    });
  });

  it.each([
    ['14', [`shop ran on Node.js ${process.versions.node}; .nvmrc:1 asks for 14.x.`]],
    [process.versions.node.replace(/\d+$/, '0'), []],
  ])('notes that the repository asks for Node.js %s', async (asked, notes) => {
    const report = await verifyRepo(makeRepo({ '.nvmrc': asked, 'tracewright.yaml': yaml('', ['GET /health']) }), { env });
    expect(report).toMatchObject({ ok: true, notes });
  });

  it('follows one trace through two services that know each other by url', async () => {
    const report = await verifyRepo(makeRepo({ 'tracewright.yaml': twoServices }), { env });
    expect(report.ok).toBe(true);
    expect(report.requests[0]?.trace).toMatchObject({ spanCount: 3, services: ['gateway', 'stock'], orphans: [] });
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['a late instrumentation', 'loaded-first', { LATE: '1' }, /^fail: .*too late/],
    ['a lost span', 'one-trace-per-request', { LOSE: '/boom' }, /^fail: .*GET \/boom: no span arrived/],
    ['an orphan', 'no-orphans', { ORPHAN: '1' }, /^fail: 2 orphan spans/],
  ])('names %s', async (_, id, faults, text) => {
    const report = await verifyRepo(makeRepo({ 'tracewright.yaml': yaml() }), { env: { ...env, ...faults } });
    expect(report.ok).toBe(false);
    expect(check(report, id)).toMatch(text);
    expect(renderReport(report, { color: false })).toMatch(/✗[\s\S]*next {2}/);
  });

  it('proves nothing when every request was answered 404, unless that is stated', async () => {
    const lost = "require('http').createServer((q, r) => { r.statusCode = 404; r.end(); }).listen(process.env.PORT);";
    const server = `const otlp = require('./otlp.js');
      otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
      process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
      ${lost}`;
    const report = await verifyRepo(makeRepo({ 'server.js': server }), { env });
    expect(report.ok).toBe(false);
    expect(report.checks.find(({ id }) => id === 'code-reached')).toMatchObject({ status: 'fail', code: 'TW3016' });
    expect(check(report, 'code-reached')).toBe('fail: Nothing is proven: the one request was answered 404 | GET /');
    const stated =
      'version: 1\nservices: [{ name: shop }]\nscenarios:\n  - name: default\n    requests: [{ path: /gone, expect: { status: 404 } }]\n';
    const told = await verifyRepo(makeRepo({ 'server.js': server, 'tracewright.yaml': stated }), { env });
    expect(check(told, 'code-reached')).toMatch(/^pass: 1 of 1 request reached/);
  });

  it('tells two programs of one package apart, and names the one that is not traced', async () => {
    const services = '  - name: web\n  - name: letters & more\n    command: node worker.js\n    ready: { output: ready }\n';
    const setup = `version: 1\nservices:\n${services}scenarios:\n  - name: default\n    requests: [{ service: web, path: /health }]\n`;
    const worker = "console.log('ready');\nsetInterval(() => {}, 1000);\n";
    const traced = `const otlp = require('./otlp.js');
      otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
      process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
      ${worker}`;
    const both = await verifyRepo(makeRepo({ 'tracewright.yaml': setup, 'worker.js': traced }), { env });
    expect(check(both, 'loaded-first')).toBe('pass: Instrumentation loaded first in 2 programs');
    const one = await verifyRepo(makeRepo({ 'tracewright.yaml': setup, 'worker.js': worker }), { env });
    expect(check(one, 'loaded-first')).toBe('fail: The instrumentation started in 1 of 2 programs | letters & more: it did not start');
  });

  it('names a trace that was split, also in the golden difference', async () => {
    const root = makeRepo({ 'tracewright.yaml': twoServices });
    expect((await recordRepo(root, { env })).written).toEqual(['.tracewright/golden/journey.json']);
    const report = await verifyRepo(root, { env: { ...env, DROP: '1' } });
    expect(check(report, 'one-trace-per-request')).toMatch(/^warn: .*gateway CLIENT GET belongs to no request/);
    expect(check(report, 'golden-trace')).toMatch(/gateway CLIENT GET {2}\(split: it started a trace of its own\)/);
  });

  it('says which expected span was not seen', async () => {
    const expectations = [
      {
        codemod: 'x',
        expects: [
          { kind: 'CLIENT' as const, name: '^GET', why: 'it calls' },
          { kind: 'SERVER' as const, name: '^GET /', why: 'it serves' },
        ],
      },
    ];
    const report = await verifyRepo(makeRepo(), { env, expectations });
    expect(check(report, 'expected-spans')).toBe('warn: 1 of 2 expected spans seen (missing: x) | x: no CLIENT span named ^GET (it calls)');
  });

  it('does not take 404 for every request for a missing span', async () => {
    const expectations = [{ codemod: 'x', expects: [{ kind: 'SERVER' as const, name: '^GET /route$', why: 'it serves' }] }];
    const lost = { 'server.js': "require('http').createServer((q, r) => { r.statusCode = 404; r.end(); }).listen(process.env.PORT)" };
    const report = await verifyRepo(makeRepo(lost), { env, expectations });
    expect(check(report, 'expected-spans')).toMatch(/^warn: 0 of 1 expected span seen \(missing: x\): every request was answered 404/);
  });

  it('does not take a request without an answer for a 404', async () => {
    const expectations = [{ codemod: 'x', expects: [{ kind: 'SERVER' as const, name: '^GET /route$', why: 'it serves' }] }];
    const broken = { 'server.js': "require('http').createServer(() => process.exit(1)).listen(process.env.PORT)" };
    const report = await verifyRepo(makeRepo(broken), { env, expectations });
    expect(check(report, 'expected-spans')).toMatch(/^warn: 0 of 1 expected span seen \(missing: x\): no request was answered/);
  });

  it('drives the parameterless GET routes it is given', async () => {
    const evidence = { file: 'server.js', line: 1 };
    const routes = ['/b', '/a', '/users/:id', '/a'].map((path) => ({ service: 'shop', method: 'GET', path, evidence }));
    const report = await verifyRepo(makeRepo(), { env, routes });
    expect(report.requests.map(({ request }) => request)).toEqual(['GET /a', 'GET /b']);
  });

  it('works without an instrumentation and says that nothing was traced', async () => {
    const root = makeRepo({ 'server.js': "require('http').createServer((q, r) => r.end('hi')).listen(process.env.PORT)" });
    const report = await verifyRepo(root, { env });
    expect(report.ok).toBe(false);
    expect(report.requests[0]).toMatchObject({ status: 200 });
    expect(check(report, 'one-trace-per-request')).toMatch(/no span arrived/);
    expect(report.services[0]?.exit).toMatchObject({ code: null, signal: 'SIGTERM' });
  });
});

describe('verifyRepo --against', () => {
  it('finds no difference when only telemetry differs, and leaves nothing behind', async () => {
    const root = makeRepo({ 'tracewright.yaml': yaml('', ['GET /health', 'GET /time']), '.env': 'A=1' });
    commitAll(root);
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('tracewright-checkout-'));
    const report = await verifyRepo(root, { env, against: 'HEAD' });
    expect(report.against).toEqual({ ref: 'HEAD', differences: [] });
    expect(report.ok).toBe(true);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tracewright-checkout-') && !before.includes(name))).toEqual([]);
    expect(existsSync(join(root, '.git/worktrees'))).toBe(false);
  });

  it('names a changed status, body, output and exit', async () => {
    const root = makeRepo({ 'tracewright.yaml': yaml() });
    commitAll(root);
    const server = readFileSync(join(root, 'server.js'), 'utf8');
    const changed = server
      .replace('statusCode = 500', 'statusCode = 503')
      .replace("'fine'", "'good'")
      .replace('listens on', 'is on')
      .replace('EXIT_CODE) : 0', 'EXIT_CODE) : 3');
    writeFileSync(join(root, 'server.js'), changed);
    const report = await verifyRepo(root, { env, against: 'HEAD' });
    expect(report.against?.differences).toMatchObject([
      { where: 'shop GET /health', what: 'body', before: 'fine', after: 'good' },
      { where: 'shop GET /boom', what: 'status', before: '500', after: '503' },
      { where: 'shop', what: 'stdout' },
      { where: 'shop', what: 'exit', before: 'code 0', after: 'code 3' },
    ]);
    expect(report.ok).toBe(false);
  });

  it('refuses an unknown ref', async () => {
    const root = makeRepo({ 'tracewright.yaml': yaml() });
    commitAll(root);
    await expect(verifyRepo(root, { env, against: 'nope' })).rejects.toMatchObject({ code: 'TW3009' });
  });
});

describe('recordRepo', () => {
  it('writes the same bytes again and again, and a starter tracewright.yaml that works', async () => {
    const root = makeRepo();
    expect((await recordRepo(root, { env })).written).toEqual([
      '.tracewright/golden/default.json',
      '.tracewright/tracewright.schema.json',
      'tracewright.yaml',
    ]);
    expect(readFileSync(join(root, 'tracewright.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.tracewright\//);
    const golden = readFileSync(join(root, '.tracewright/golden/default.json'), 'utf8');
    expect(golden).not.toMatch(/\d{4}|127\.0/);
    expect((await recordRepo(root, { env })).written).toEqual([]);
    expect(await verifyRepo(root, { env, frozen: true })).toMatchObject({
      ok: true,
      setup: 'tracewright.yaml',
      golden: [{ status: 'equal' }],
    });
    expect(readFileSync(join(root, '.tracewright/golden/default.json'), 'utf8')).toBe(golden);
  });

  it('refuses to create or change one in CI, and verify fails there', async () => {
    const root = makeRepo();
    const ci = { ...env, CI: 'true' };
    await expect(recordRepo(root, { env: ci })).rejects.toMatchObject({ code: 'TW3007' });
    expect(existsSync(join(root, '.tracewright'))).toBe(false);
    expect(check(await verifyRepo(root, { env: ci }), 'golden-trace')).toMatch(/^fail: No golden trace/);
    await recordRepo(root, { env });
    await expect(recordRepo(root, { env: { ...ci, ORPHAN: '1' } })).rejects.toMatchObject({ code: 'TW3008' });
  });

  it('updates only the requests that differ, keeps declared patterns, and refuses when frozen', async () => {
    const root = makeRepo({ 'tracewright.yaml': yaml() });
    const file = join(root, '.tracewright/golden/default.json');
    await recordRepo(root, { env });
    const edited = readFileSync(file, 'utf8').replace('"http.response.status_code": 200', '"http.response.status_code": "<200..299>"');
    writeFileSync(file, edited);
    expect(edited).toContain('<200..299>');
    expect(await verifyRepo(root, { env, frozen: true })).toMatchObject({ ok: true });
    expect((await recordRepo(root, { env, update: true })).written).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(edited);
    writeFileSync(file, edited.replace('GET /boom",\n          "scope"', 'GET /bang",\n          "scope"'));
    await expect(recordRepo(root, { env, update: true, frozen: true })).rejects.toMatchObject({ code: 'TW3008' });
    const report = await recordRepo(root, { env, update: true });
    expect(report).toMatchObject({ written: ['.tracewright/golden/default.json'], golden: [{ status: 'written' }] });
    expect(report.golden[0]?.diff).toMatch(/GET \/bang {2}\(renamed to shop SERVER GET \/boom\)/);
    expect(readFileSync(file, 'utf8')).toBe(edited);
    writeFileSync(file, '{');
    await expect(verifyRepo(root, { env })).rejects.toMatchObject({ code: 'TW3050' });
    expect((await recordRepo(root, { env })).written).toEqual(['.tracewright/golden/default.json']);
  });

  it('does not record a run that is not sound', async () => {
    const root = makeRepo();
    expect(await recordRepo(root, { env: { ...env, ORPHAN: '1' } })).toMatchObject({ ok: false, written: [] });
    expect(existsSync(join(root, '.tracewright'))).toBe(false);
  });
});

describe('bad programs', () => {
  const start = (script: string): string =>
    makeRepo({
      'package.json': JSON.stringify({ name: 'x', scripts: { start: `node -e "${script}"` } }),
      'tracewright.yaml': yaml().replace('node server.js', 'npm start --silent'),
    });

  it('says that dependencies are missing', async () => {
    const root = makeRepo({
      'package.json': JSON.stringify({ name: 'x', dependencies: { express: '4' }, scripts: { start: 'node server.js' } }),
    });
    await expect(verifyRepo(root, { env })).rejects.toMatchObject({ code: 'TW3002', detail: 'x needs express: run `npm install`' });
  });

  it('shows the last lines of one that ends early', async () => {
    await expect(verifyRepo(start("console.error('no database');process.exit(7)"), { env })).rejects.toMatchObject({
      code: 'TW3003',
      detail: expect.stringMatching(/ended with 7\n.*no database/s),
    });
  });

  it('keeps the message of a crash and leaves out the frames of Node.js', async () => {
    await expect(verifyRepo(start("require('./nothing')"), { env })).rejects.toMatchObject({
      code: 'TW3003',
      detail: expect.stringMatching(/^(?!.* at .*node:internal).*Cannot find module '\.\/nothing'/s),
    });
  });

  it('says that the program of a start command is not installed', async () => {
    const root = makeRepo({ 'package.json': JSON.stringify({ name: 'x', scripts: { start: 'no-such-runner server.js' } }) });
    await expect(verifyRepo(root, { env })).rejects.toMatchObject({
      code: 'TW3015',
      detail: expect.stringMatching(/npm start.*\n.*no-such-runner/s),
    });
  });

  it('gives up on one that never listens', async () => {
    await expect(verifyRepo(start('setInterval(()=>{},1e6)'), { env, readyMs: 700 })).rejects.toMatchObject({ code: 'TW3004' });
  });

  it.each([
    ['crashes', '', ''],
    ['says so and goes on', ".on('error',(e)=>console.log(e))", ';setInterval(()=>{},1e6)'],
  ])('says that a port is in use, and by whom, when the program %s', async (_how, listener, more) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const script = `require('http').createServer()${listener}.listen(${port},'127.0.0.1')${more}`;
    await expect(verifyRepo(start(script), { env, readyMs: 1_000 })).rejects.toMatchObject({
      code: 'TW3005',
      detail: expect.stringMatching(new RegExp(`^shop \\(.*\\): port ${port} is held by \`node .*\` \\(process ${process.pid}\\)\n`)),
    });
  });

  it('kills one that ignores SIGTERM and says so', async () => {
    const script = "process.on('SIGTERM',()=>{});require('http').createServer((q,r)=>r.end()).listen(process.env.PORT)";
    const report = await verifyRepo(start(script), { env, stopMs: 300 });
    expect(check(report, 'clean-exit')).toMatch(/^fail: .*did not end within/);
  });

  it('says that one crashed while it was driven', async () => {
    const report = await verifyRepo(start("require('http').createServer(()=>process.exit(9)).listen(process.env.PORT)"), { env });
    expect(check(report, 'clean-exit')).toMatch(/^fail: .*ended with 9 before/);
    expect(check(report, 'requests-answered')).toMatch(/^fail/);
  });

  it('ends everything when it is aborted', async () => {
    const root = start('setInterval(()=>{},1e6)');
    const abort = new AbortController();
    const running = verifyRepo(root, { env, signal: abort.signal, onProgress: () => setImmediate(() => abort.abort()) });
    await expect(running).rejects.toMatchObject({ code: 'TW3011' });
  });

  it('finds a program without a start command', async () => {
    await expect(verifyRepo(makeRepo({ 'package.json': '{"name":"lib"}', 'server.js': '' }), { env })).rejects.toMatchObject({
      code: expect.stringMatching(/TW3001|TW3003/),
    });
  });
});

describe('red only where there is a fault', () => {
  const raw = (script: string, more: Record<string, string> = {}): string => makeRepo({ 'server.js': script, ...more });

  it('takes a worker that never listens for ready by what it prints', async () => {
    const services = '  - name: web\n  - name: worker\n    command: node worker.js\n';
    const setup = `version: 1\nservices:\n${services}scenarios:\n  - name: default\n    requests: [{ service: web, path: /health }]\n`;
    const worker = "console.log('waiting for jobs');\nsetInterval(() => {}, 1000);\n";
    const report = await verifyRepo(makeRepo({ 'tracewright.yaml': setup, 'worker.js': worker }), { env, readyMs: 8_000 });
    expect(report.services.map(({ name }) => name)).toEqual(['web', 'worker']);
  });

  it('names a request that never answers, and does not wait for each that follows', async () => {
    const root = raw("require('http').createServer(() => {}).listen(process.env.PORT);", {
      'tracewright.yaml': yaml('', ['GET /a', 'GET /b', 'GET /c', 'GET /d']),
    });
    const report = await verifyRepo(root, { env, requestMs: 400 });
    expect(report.requests.map(({ error }) => error)).toEqual([
      'no answer within 400 ms',
      'no answer within 400 ms',
      'not asked, because the 2 requests before it got no answer',
      'not asked, because the 2 requests before it got no answer',
    ]);
  });

  it('shows what a program said last that died after it listened', async () => {
    const root = raw("require('http').createServer(() => { console.error('no database'); process.exit(3); }).listen(process.env.PORT);");
    expect(check(await verifyRepo(root, { env }), 'clean-exit')).toMatch(
      /^fail: 1 program .*ended with 3 before it was asked to \|.*no database/,
    );
  });

  it('asks one worker of a cluster, the same each time', async () => {
    const cluster = `const cluster = require('cluster');
      if (cluster.isMaster) for (const number of [3, 1, 2]) cluster.fork({ NUMBER: number });
      else require('http').createServer((q, r) => r.end(process.env.NUMBER)).listen(Number(process.env.BASE) + Number(process.env.NUMBER));`;
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const root = raw(cluster, { 'tracewright.yaml': yaml('', ['GET /a', 'GET /b']) });
    const report = await verifyRepo(root, { env: { ...env, BASE: String(port) } });
    expect(report.services[0]?.port).toBe(port + 1);
  });

  it('runs the version before twice, so that what differs by itself is no difference', async () => {
    const server =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the program holds it
      "const id = () => Math.random().toString(36).slice(2);\nconsole.log('started as', id());\nrequire('http').createServer((q, r) => r.end(`${id()} fine`)).listen(process.env.PORT);";
    const root = raw(server);
    commitAll(root);
    const steady = await verifyRepo(root, { env, against: 'HEAD' });
    expect(steady.against?.differences).toEqual([]);
    writeFileSync(join(root, 'server.js'), server.replace('fine', 'good'));
    const report = await verifyRepo(root, { env, against: 'HEAD' });
    expect(report.against?.differences).toMatchObject([{ what: 'body' }]);
  });

  it('asks for no route in the span of a request that was refused before any', async () => {
    const file = readFileSync(new URL('./fixtures/traced-by-hand/server.js', import.meta.url), 'utf8');
    const refusing = file
      .replace('else res.end(', "else if (req.url === '/in') { res.statusCode = 401; res.end(); } else res.end(")
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the program holds it
      .replace('span.end(`${req.method} ${req.url}`', "span.end(req.url === '/in' ? 'GET' : `GET ${req.url}`");
    const report = await verifyRepo(makeRepo({ 'server.js': refusing, 'tracewright.yaml': yaml('', ['GET /health', 'GET /in']) }), { env });
    expect(check(report, 'server-span-names')).toMatch(/^pass/);
  });
});
