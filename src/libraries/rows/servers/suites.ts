import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'moleculer-web', role: 'server', spans: [{ by: 'middleware', versions: '>=0.10.0 <0.11.0' }], routes: 'unread' },
  { name: 'sails', role: 'server', spans: [], routes: 'unread' },
  { name: 'total.js', role: 'server', spans: [], routes: 'unread' },
  { name: 'total4', role: 'server', spans: [], routes: 'unread' },
  { name: '@adonisjs/core', role: 'server', spans: [], routes: 'unread' },
  {
    name: '@feathersjs/feathers',
    role: 'server',
    spans: [],
    over: ['@feathersjs/express', '@feathersjs/koa', 'express', 'koa'],
    dark: 'Services are not named, only the paths that the server below matches.',
  },
  { name: 'loopback', role: 'server', spans: [], routes: 'unread' },
  { name: '@loopback/rest', role: 'server', spans: [], routes: 'unread' },
  { name: '@strapi/strapi', role: 'server', spans: [], routes: 'unread' },
  { name: 'actionhero', role: 'server', spans: [], routes: 'unread' },
  { name: 'egg', role: 'server', spans: [], routes: 'unread' },
  {
    name: 'moleculer',
    role: 'rpc',
    spans: [],
    dark: 'Its calls get no spans and carry no trace context; it has a tracing of its own, which can send to a collector.',
  },
];
