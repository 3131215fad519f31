import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composePlan, shippedWorkbench } from '../src/engine/index.ts';
import { startReceiver } from '../src/trace/index.ts';
import { memoryRepo } from './harness/memory-repo.ts';
import { nodeBinary, npmInstall } from './harness/node-binary.ts';
import { startService } from './harness/start-service.ts';

const folders: string[] = [];
const handlers = `
const schema = buildSchema('type Query { answer: Int }');
const app = express();
app.get('/outer/:id', async (req, res) => {
  await graphql({ schema, source: '{ answer }', rootValue: { answer: 42 } });
  console.log('asked for', req.params.id);
  http.get({ port: PORT, path: '/inner' }, (inner) => inner.resume().on('end', () => res.json({ ok: true })));
});
app.get('/inner', (_req, res) => res.json({}));
`;
const commonjs = `'use strict';
const express = require('express');
const http = require('http');
const { buildSchema, graphql } = require('graphql');
${handlers.replace('PORT', 'server.address().port')}
const server = app.listen(0, () => console.log(server.address().port));
`;
const esm = commonjs.replace("'use strict';\n", '').replace(/const (.*) = require\('(.*)'\);/g, "import $1 from '$2';");
const typescript = `import express, { Request, Response } from 'express';
import * as http from 'http';
import { buildSchema, graphql } from 'graphql';
import { AddressInfo } from 'net';
${handlers.replace('PORT', '(server.address() as AddressInfo).port').replaceAll('req, res', 'req: Request, res: Response')}
const server = app.listen(0, () => console.log((server.address() as AddressInfo).port));
`.replace('(_req: Request', '(_req: Request');

const types = { '@types/express': '4.17.17', '@types/express-serve-static-core': '4.17.43', '@types/node': '18.19.0' };
const strict = {
  target: 'es2019',
  module: 'commonjs',
  moduleResolution: 'node',
  strict: true,
  esModuleInterop: true,
  rootDir: 'src',
  outDir: 'dist',
};

const services = [
  { name: 'commonjs', entry: 'server.js', text: commonjs, manifest: {}, command: 'node server.js' },
  { name: 'ES modules', entry: 'src/server.js', text: esm, manifest: { type: 'module' }, command: 'node src/server.js' },
  {
    name: 'TypeScript 4',
    entry: 'src/server.ts',
    text: typescript,
    manifest: { devDependencies: { typescript: '4.9.5', ...types } },
    command: 'node dist/server.js',
  },
];

/** Writes a service as it is after every codemod, and installs it. Returns its folder and its start command. */
function migrate({ entry, text, manifest, command }: (typeof services)[number], node: string): { folder: string; start: string } {
  const scripts = { build: 'tsc', start: command };
  const dependencies = { express: '4.22.3', graphql: '16.8.1' };
  const files = {
    'package.json': JSON.stringify({ name: 'probe', scripts, engines: { node }, dependencies, ...manifest }, null, 2),
    ...(entry.endsWith('.ts') && { 'tsconfig.json': JSON.stringify({ compilerOptions: strict }) }),
    [entry]: text,
  };
  const { changes } = composePlan(memoryRepo(files), { only: [], skip: [] }, shippedWorkbench());
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-migrated-'));
  folders.push(folder);
  const contents = new Map<string, string | Uint8Array>([
    ...Object.entries(files),
    ...changes.flatMap(({ file, after }) => (after ? [[file, after] as const] : [])),
  ]);
  for (const [file, content] of contents) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  npmInstall(folder);
  if (entry.endsWith('.ts')) execFileSync(join(folder, 'node_modules/.bin/tsc'), { cwd: folder, stdio: 'pipe' });
  const migrated: { scripts: { start: string } } = JSON.parse(
    String(
      contents.get('package.json') instanceof Uint8Array ? Buffer.from(contents.get('package.json') ?? '') : contents.get('package.json'),
    ),
  );
  return { folder, start: migrated.scripts.start };
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(['16.20.2', '20.20.2', '24'])('on Node %s', (node) => {
  it.each(services)('$name: installs, compiles and sends one trace', async (given) => {
    const { folder, start } = migrate(given, node);
    const receiver = await startReceiver();
    try {
      const args = start.split(' ').slice(1);
      const service = await startService(nodeBinary(node), args, folder, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
      const response = await fetch(`http://127.0.0.1:${service.port}/outer/7`);
      expect(await response.json()).toEqual({ ok: true });
      expect(await service.stop()).toBe('SIGTERM');
      await receiver.settled();
      const outer = receiver.spans.find((span) => span.name === 'GET /outer/:id');
      const inTrace = receiver.spans.filter((span) => span.traceId === outer?.traceId).map((span) => `${span.kind} ${span.name}`);
      expect(inTrace).toEqual(
        expect.arrayContaining(['SERVER GET /outer/:id', 'CLIENT GET', 'SERVER GET /inner', 'INTERNAL graphql.parse']),
      );
      expect(receiver.logs.filter((log) => log.traceId === outer?.traceId).map((log) => log.body)).toEqual(
        expect.arrayContaining(['asked for 7', 'GET /outer/:id 200']),
      );
    } finally {
      await receiver.close();
    }
  });
});
