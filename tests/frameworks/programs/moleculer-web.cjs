const { ServiceBroker } = require('moleculer');
const ApiService = require('moleculer-web');

const broker = new ServiceBroker({ nodeID: 'one', logger: false });
broker.createService({
  name: 'items',
  actions: {
    get: (ctx) => {
      console.log('looked up');
      return { id: ctx.params.id };
    },
    fails: (ctx) => {
      throw new TypeError(`broken ${ctx.params.id}`);
    },
    plain: () => 'plain',
    slow: () => new Promise(() => undefined),
  },
});
const api = broker.createService({
  mixins: [ApiService],
  settings: {
    port: 0,
    ip: '127.0.0.1',
    routes: [
      {
        path: '/api/v1',
        aliases: { 'GET items/:id': 'items.get', 'GET fails/:id': 'items.fails', 'GET slow/:id': 'items.slow' },
      },
      { path: '/', aliases: { 'GET plain': 'items.plain' } },
    ],
  },
});
broker.start().then(() => console.log(`port ${api.server.address().port}`));
