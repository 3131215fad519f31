import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installTool } from '../harness/install-tool.ts';
import { type HttpServer, startHttp } from '../harness/mcp-client.ts';
import { nodeBinary } from '../harness/node-binary.ts';
import { makeFolder, program } from '../harness/run-cli.ts';

const run = promisify(execFile);

const app = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};

interface ConformanceCheck {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

/** Scenarios that ask for no fixture of their own; `untestable` ones also ask for tools that only a test server has. */
const scenarios: readonly (readonly [revision: string, scenario: string, passing: number])[] = [
  ['2025-11-25', 'server-initialize', 1],
  ['2025-11-25', 'ping', 2],
  ['2025-11-25', 'tools-list', 3],
  ['2025-11-25', 'dns-rebinding-protection', 2],
  ['2026-07-28', 'tools-list', 4],
  ['2026-07-28', 'dns-rebinding-protection', 2],
  ['2026-07-28', 'http-header-validation', 14],
  ['2026-07-28', 'input-required-result-unsupported-methods', 2],
  ['2026-07-28', 'server-stateless', 24],
];

describe('the conformance suite of the protocol', () => {
  let server: HttpServer;
  let node = '';
  let suite = '';
  let results = '';

  beforeAll(async () => {
    results = mkdtempSync(join(tmpdir(), 'tracewright-conformance-'));
    node = nodeBinary(22);
    suite = join(installTool('@modelcontextprotocol/conformance', '0.2.0-alpha.12'), 'dist/index.js');
    server = await startHttp({ cwd: makeFolder(app) });
  }, 300_000);

  afterAll(async () => {
    await server.stop();
    rmSync(results, { recursive: true, force: true });
  });

  test.each(scenarios)('%s %s', { timeout: 60_000 }, async (revision, scenario, passing) => {
    const into = join(results, `${revision}-${scenario}`);
    const words = ['server', '--url', server.url.href, '--scenario', scenario, '--spec-version', revision, '-o', into];
    await run(node, [suite, ...words]).catch(() => undefined);
    const [folder = ''] = readdirSync(into);
    const checks: ConformanceCheck[] = JSON.parse(readFileSync(join(into, folder, 'checks.json'), 'utf8'));
    const failed = checks.filter(({ status, errorMessage = '' }) => status === 'FAILURE' && !errorMessage.startsWith('Not testable:'));
    expect(failed).toEqual([]);
    expect(checks.filter(({ status }) => status === 'SUCCESS').length).toBeGreaterThanOrEqual(passing);
  });
});

test('the inspector lists and calls the tools', { timeout: 300_000 }, async () => {
  const inspector = join(installTool('@modelcontextprotocol/inspector', '1.0.3'), 'cli/build/cli.js');
  const inspect = async (...words: string[]): Promise<{ tools: { name: string }[]; structuredContent: Record<string, unknown> }> => {
    const { stdout } = await run(process.execPath, [inspector, '--cli', process.execPath, ...program, 'mcp', ...words], {
      cwd: makeFolder(app),
    });
    return JSON.parse(stdout);
  };
  expect((await inspect('--method', 'tools/list')).tools).toHaveLength(6);
  const planned = await inspect('--method', 'tools/call', '--tool-name', 'plan', '--tool-arg', 'root=.');
  expect(planned.structuredContent).toMatchObject({ done: false, next: { tool: 'apply' } });
});
