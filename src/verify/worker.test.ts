import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commitAll, makeRepo } from './fixtures/test-repo.ts';
import { recordRepo, renderReport, verifyRepo } from './index.ts';
import { draftOf } from './setup/draft-setup.ts';
import { readTree } from './setup/read-tree.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Works on files of a folder as on a queue, in traces of their own: what puts a job passes nothing along. */
const worker = `const fs = require('fs');
const otlp = require('otlp');
otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
console.log('waiting for jobs');
const jobs = __dirname + '/jobs/';
setInterval(() => {
  for (const name of fs.existsSync(jobs) ? fs.readdirSync(jobs) : []) {
    fs.unlinkSync(jobs + name);
    const span = otlp.startSpan(5);
    console.log('worked on ' + name);
    span.end('process ' + name, {});
  }
}, 50);
const flush = setInterval(() => otlp.flush('shop', () => {}), 200);
process.on('SIGTERM', () => process.exit(0));
`;

const put =
  "const fs = require('fs'); fs.mkdirSync('jobs', { recursive: true }); for (const name of ['one', 'two']) fs.writeFileSync('jobs/' + name, '');\n";

const scenario = (run: string, expected = ''): string =>
  `version: 1\nservices: [{ name: shop }]\nscenarios: [{ name: jobs, requests: [{ name: two jobs, run: ${run}${expected} }] }]\n`;

const repo = (files: Record<string, string>): string =>
  makeRepo(
    {
      'node_modules/otlp/index.js': readFileSync(new URL('./fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8'),
      'server.js': worker,
      'put.js': put,
      '.gitignore': 'node_modules\njobs\n',
      ...files,
    },
    'none',
  );

const summary = async (root: string, options = {}): Promise<string> =>
  renderReport(await verifyRepo(root, { env, ...options }), { color: false });

it('proves a program that never listens by the work that a command gives it, and that it works as before', async () => {
  const root = repo({ 'tracewright.yaml': scenario('node put.js', ', expect: { spans: [CONSUMER process two] }') });
  commitAll(root);
  const said = await summary(root, { against: 'HEAD' });
  expect(said).toContain('1 of 1 request reached');
  expect(said).toMatch(/run two jobs {2}0\n(.*\n)?.*CONSUMER process one[\s\S]*CONSUMER process two/);
  expect(said).toMatch(/Same status, body, stdout and exit as HEAD/);
  expect(said).toMatch(/^verified/m);
  const { written, checks } = await recordRepo(root, { env });
  expect(checks.find(({ id }) => id === 'golden-trace')).toMatchObject({ status: 'pass' });
  expect(written).toEqual(['.tracewright/golden/jobs.json']);
  expect(await summary(root)).toContain('Same spans as in .tracewright/golden/jobs.json');
});

it.each([
  ['ends with an error', scenario('node -e "console.error(process.argv0); process.exit(3)"'), /run two jobs: ended with 3/],
  ['gives no work', scenario('"true"'), /run two jobs: no span arrived/],
  [
    'gives other work than stated',
    scenario('node put.js', ', expect: { spans: [CONSUMER process three] }'),
    /no span is CONSUMER process three/,
  ],
])('says of a command that it %s', async (_what, file, says) => {
  const said = await summary(repo({ 'tracewright.yaml': file }), { requestMs: 1_500 });
  expect(said).toMatch(says);
  expect(said).not.toMatch(/^verified/m);
});

it('says that nothing is proven of a worker that nobody gave work, and drafts what puts a job on its queue', async () => {
  const dependencies = { bullmq: '5.34.0' };
  const root = repo({
    'package.json': JSON.stringify({ name: 'shop', scripts: { start: 'node server.js' }, dependencies }),
    'node_modules/bullmq/index.js': 'exports.Worker = class {};',
    'server.js': `const { Worker } = require('bullmq');\nnew Worker('mails', () => 1);\n${worker}`,
  });
  const said = await summary(root);
  expect(said).toMatch(/no request was sent, and no program was given work {2}TW3016/);
  expect(said).toMatch(/^nothing proven/m);
  const draft = draftOf(root, await readTree(root, true));
  expect(draft.text).toContain('  - name: jobs\n    requests:\n');
  expect(draft.text).toContain("new Queue('mails', { connection");
  expect(draft.questions).toEqual([expect.stringContaining('what does a job hold')]);
  rmSync(join(root, 'put.js'));
});
