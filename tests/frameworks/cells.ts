/** One framework in one major version, with the program that shows what its requests get. */
export interface Cell {
  readonly id: string;
  /** As people call it. */
  readonly framework: string;
  readonly program: string;
  readonly packages: Readonly<Record<string, string>>;
}

const nest = (major: number, adapter: 'express' | 'fastify'): Cell => ({
  id: `nest-${major}-${adapter}`,
  framework: `NestJS ${major} on ${adapter === 'express' ? 'Express' : 'Fastify'}`,
  program: adapter === 'express' ? 'nest.cjs' : 'nest-fastify.cjs',
  packages: {
    '@nestjs/common': `${major}`,
    '@nestjs/core': `${major}`,
    [`@nestjs/platform-${adapter}`]: `${major}`,
    'reflect-metadata': '0.2',
    rxjs: '7',
  },
});

const cell = (id: string, framework: string, program: string, packages: Record<string, string>): Cell => ({
  id,
  framework,
  program,
  packages,
});

export const cells: readonly Cell[] = [
  cell('express-4', 'Express 4', 'express.cjs', { express: '4' }),
  cell('express-5', 'Express 5', 'express.cjs', { express: '5' }),
  cell('fastify-3', 'Fastify 3', 'fastify-3.cjs', { fastify: '3' }),
  cell('fastify-4', 'Fastify 4', 'fastify.cjs', { fastify: '4' }),
  cell('fastify-5', 'Fastify 5', 'fastify.cjs', { fastify: '5' }),
  cell('fastify-5-esm', 'Fastify 5, ES modules', 'fastify.mjs', { fastify: '5' }),
  cell('koa-2-router-7', 'Koa 2, koa-router 7', 'koa-router.cjs', { koa: '2', 'koa-router': '7' }),
  cell('koa-2', 'Koa 2, @koa/router 8', 'koa-own-router.cjs', { koa: '2', '@koa/router': '8' }),
  cell('koa-3', 'Koa 3, @koa/router 15', 'koa-own-router.cjs', { koa: '3', '@koa/router': '15' }),
  cell('koa-3-mount', 'Koa 3, koa-mount, ES modules', 'koa-mount.mjs', { koa: '3', '@koa/router': '15', 'koa-mount': '4' }),
  cell('hapi-18', 'hapi 18', 'hapi.cjs', { '@hapi/hapi': '18', '@hapi/boom': '8' }),
  cell('hapi-20', 'hapi 20', 'hapi.cjs', { '@hapi/hapi': '20', '@hapi/boom': '9' }),
  cell('hapi-21', 'hapi 21', 'hapi.cjs', { '@hapi/hapi': '21', '@hapi/boom': '10' }),
  cell('hapi-20-glue', 'hapi 20 by Glue', 'hapi-glue.cjs', { '@hapi/glue': '8', '@hapi/hapi': '20', 'hapi-pino': '8' }),
  cell('hapi-21-glue', 'hapi 21 by Glue', 'hapi-glue.cjs', { '@hapi/glue': '9', '@hapi/hapi': '21', 'hapi-pino': '12' }),
  nest(10, 'express'),
  nest(10, 'fastify'),
  nest(11, 'express'),
  nest(11, 'fastify'),
  cell('restify-11', 'restify 11', 'restify.cjs', { restify: '11', 'restify-errors': '8' }),
  cell('connect-3', 'connect 3', 'connect.cjs', { connect: '3' }),
  cell('polka-0', 'polka 0.5', 'polka.cjs', { polka: '0.5' }),
  cell('polka-1-esm', 'polka 1, ES modules', 'polka.mjs', { polka: '1.0.0-next.28' }),
  cell('tinyhttp-2', 'tinyhttp 2', 'tinyhttp.mjs', { '@tinyhttp/app': '2' }),
  cell('feathers-4', 'feathers 4 on Express', 'feathers-express.cjs', { '@feathersjs/feathers': '4', '@feathersjs/express': '4' }),
  cell('feathers-5', 'feathers 5 on Express', 'feathers-express.cjs', { '@feathersjs/feathers': '5', '@feathersjs/express': '5' }),
  cell('feathers-5-koa', 'feathers 5 on Koa', 'feathers-koa.cjs', { '@feathersjs/feathers': '5', '@feathersjs/koa': '5' }),
  cell('moleculer-web-0', 'moleculer-web 0.10', 'moleculer-web.cjs', { moleculer: '0.14', 'moleculer-web': '0.10' }),
  cell('hono-4', 'Hono 4 on Node', 'hono.cjs', { hono: '4', '@hono/node-server': '1' }),
  cell('hono-4-esm', 'Hono 4 on Node, ES modules', 'hono.mjs', { hono: '4', '@hono/node-server': '1' }),
  cell('h3-1', 'h3 1', 'h3.mjs', { h3: '1' }),
  cell('h3-2', 'h3 2', 'h3-2.mjs', { h3: '2' }),
  cell('bunyan-2', 'node:http, bunyan 2', 'bunyan.cjs', { bunyan: '2' }),
  cell('winston-2', 'node:http, winston 2', 'winston-2.cjs', { winston: '2' }),
  cell('log4js-6', 'node:http, log4js 6', 'log4js.cjs', { log4js: '6' }),
  cell('consola-3', 'node:http, consola 3', 'consola.cjs', { consola: '3' }),
  cell('signale-1', 'node:http, signale 1', 'signale.cjs', { signale: '1' }),
  cell('debug-4', 'node:http, debug 4', 'debug.cjs', { debug: '4' }),
  cell('loglevel-1', 'node:http, loglevel 1', 'loglevel.cjs', { loglevel: '1' }),
  cell('http2', 'node:http2', 'http2.cjs', {}),
];
