import { describe, expect, it } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { draftSetup } from './draft-setup.ts';
import { readSetup } from './read-setup.ts';

type Files = Readonly<Record<string, string>>;

/** A service that needs these packages and starts with this file. */
function service(names: readonly string[], files: Files): Files {
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  const [entry = ''] = Object.keys(files);
  return { 'package.json': JSON.stringify({ name: 'shop', scripts: { start: `node ${entry}` }, dependencies }), ...files };
}

async function drafted(files: Files): Promise<{ asked: string[]; questions: readonly string[] }> {
  const { text, questions } = await draftSetup(makeRepo(files, 'none'));
  const requests = readSetup(text).scenarios.flatMap((scenario) => scenario.requests);
  return { asked: requests.map(({ method, path, body }) => [method, path, ...(body === undefined ? [] : [body])].join(' ')), questions };
}

const plugin = `module.exports = async (api) => {
  api.get('/:id', { schema: { params: { id: { type: 'string', format: 'uuid' } } } }, async () => 1);
  api.route({ method: ['PUT'], url: '/:id/state', schema: { body: { $ref: 'elsewhere#' } }, handler: async () => 1 });
};
`;

const frameworks: readonly [name: string, files: Files, asked: readonly string[], questions: readonly RegExp[]][] = [
  [
    'Fastify, with plugins below a prefix and JSON schemas',
    service(['fastify'], {
      'server.js': `const fastify = require('fastify');
const { order } = require('./schemas');
const app = fastify({ logger: true });
app.get('/health', async () => 'ok');
app.post('/orders', { schema: { body: order } }, async (request) => request.body);
app.register(require('./items'), { prefix: '/items' });
app.register(async (api) => { api.get('/list', async () => []); });
app.listen({ port: 3000 });
`,
      'schemas.js': `const sku = { type: 'string', minLength: 6 };
module.exports.order = { type: 'object', required: ['sku', 'count', 'kind'], properties: { sku, count: { type: 'integer', minimum: 2 }, kind: { enum: ['gift', 'own'] }, note: { type: 'string' } } };
`,
      'items.js': plugin,
    }),
    [
      'GET /health',
      'GET /list',
      'POST /orders {"sku":"text00","count":2,"kind":"gift"}',
      'GET /items/00000000-0000-4000-8000-000000000001',
      'PUT /items/1/state',
    ],
    [
      /GET \/items\/:id \(items.js:2\): which id is there\?/,
      /PUT \/items\/:id\/state .*: which id is there; what does it take as a body\?/,
    ],
  ],
  [
    'Koa with routers in routers, and zod',
    service(['koa', '@koa/router', 'zod'], {
      'server.js': `const Koa = require('koa');
const Router = require('@koa/router');
const { z } = require('zod');
const Order = z.object({ email: z.string().email(), lines: z.array(z.object({ sku: z.string(), many: z.number().int().min(3) })), note: z.string().optional(), at: z.iso.datetime() });
const app = new Koa();
const api = new Router({ prefix: '/api' });
const orders = new Router();
orders.get('list', '/', async (ctx) => { ctx.body = []; });
orders.post('/', async (ctx) => { ctx.body = Order.parse(ctx.request.body); });
api.use('/orders', orders.routes(), orders.allowedMethods());
api.get('/me', async (ctx) => { ctx.body = 1; });
app.use(api.routes());
app.listen(3000);
`,
    }),
    [
      'GET /api/me',
      'GET /api/orders',
      'POST /api/orders {"email":"someone@example.com","lines":[{"sku":"text","many":3}],"at":"2020-01-01T00:00:00.000Z"}',
    ],
    [],
  ],
  [
    'hapi with a table and Joi',
    service(['@hapi/hapi', 'joi'], {
      'server.js': `const Hapi = require('@hapi/hapi');
const Joi = require('joi');
const payload = Joi.object({ name: Joi.string().required(), age: Joi.number().integer().min(18).required(), nick: Joi.string() });
const server = Hapi.server({ port: 3000 });
server.route([
  { method: 'GET', path: '/pets', handler: () => [] },
  { method: 'POST', path: '/pets', options: { validate: { payload } }, handler: () => 1 },
]);
server.start();
`,
    }),
    ['GET /pets', 'POST /pets {"name":"text","age":18}'],
    [],
  ],
  [
    'NestJS with a class of its own for the body',
    {
      'package.json': JSON.stringify({
        name: 'shop',
        scripts: { start: 'ts-node src/main.ts' },
        dependencies: { '@nestjs/core': '11', '@nestjs/common': '11', 'class-validator': '*' },
      }),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { Cats } from './cats';
async function start() { const app = await NestFactory.create(Cats); app.setGlobalPrefix('v1'); await app.listen(3000); }
start();
`,
      'src/cats.ts': `import { Body, Controller, Get, Post } from '@nestjs/common';
import { CreateCat } from './create-cat';
@Controller('cats')
export class Cats {
  @Get() list() { return []; }
  @Get('named/tom')
  tom() { return 1; }
  @Post()
  create(@Body() cat: CreateCat) { return cat; }
}
`,
      'src/create-cat.ts': `import { IsEmail, IsOptional, Min } from 'class-validator';
export class CreateCat {
  name: string;
  @IsEmail() owner: string;
  @Min(4) age: number;
  @IsOptional() breed: string;
  kind?: 'wild' | 'tame';
}
`,
    },
    ['GET /v1/cats', 'GET /v1/cats/named/tom', 'POST /v1/cats {"name":"text","owner":"someone@example.com","age":4}'],
    [],
  ],
  [
    'Hono, with a router mounted on a path',
    service(['hono', '@hono/node-server'], {
      'server.mjs': `import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { books } from './books.mjs';
const app = new Hono();
app.route('/books', books);
app.get('/', (c) => c.text('hi'));
serve(app);
`,
      'books.mjs': `import { Hono } from 'hono';
export const books = new Hono().get('/', (c) => c.json([])).post('/', (c) => c.json(1));
`,
    }),
    ['GET /', 'GET /books', 'POST /books'],
    [/POST \/books .*what does it take as a body/],
  ],
  [
    'Express and a type of the body, and a queue that a route fills',
    service(['express', 'bullmq'], {
      'server.ts': `import express, { Request } from 'express';
import { Queue } from 'bullmq';
interface Mail { to: string; tries: number; copy?: boolean }
const mails = new Queue('mails');
const app = express();
app.post('/mails', async (req: Request<unknown, unknown, Mail>, res) => {
  await mails.add('send', req.body);
  res.sendStatus(202);
});
app.listen(3000);
`,
      Procfile: 'web: ts-node server.ts\nworker: ts-node worker.ts\n',
      'worker.ts': `import { Worker } from 'bullmq';
new Worker('mails', async () => 1);
new Worker('reports', async () => 1);
`,
    }),
    ['POST /mails {"to":"text","tries":1}', expect.stringMatching(/^run node -e "\n.*bullmq[\s\S]*new Queue\('reports', /)],
    [/^Queue reports \(worker\.ts:3\): what does a job hold, and where does bullmq find it in a trial\?$/],
  ],
  [
    'an OpenAPI file, before the code',
    service(['express'], {
      'server.js': `const app = require('express')();
app.get('/pets/:id', (req, res) => res.json({}));
app.post('/pets', (req, res) => res.json({ got: req.body.name }));
app.listen(3000);
`,
      'docs/openapi.yaml': `openapi: 3.0.0
paths:
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: tom }, { name: full, in: query, required: true, schema: { type: boolean } }]
  /pets:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object, required: [name, born], properties: { name: { type: string, example: Tom }, born: { type: string, format: date } } }
`,
    }),
    ['GET /pets/tom?full=true', 'POST /pets {"name":"Tom","born":"2020-01-01"}'],
    [],
  ],
];

describe('requests that the code states', () => {
  it.each(frameworks)('are those of %s', async (_name, files, asked, questions) => {
    const draft = await drafted(files);
    expect(draft.asked).toEqual(asked);
    expect(draft.questions).toEqual(questions.map((each) => expect.stringMatching(each)));
  });
});
