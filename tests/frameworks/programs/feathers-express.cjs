const { feathers } = require('@feathersjs/feathers');
const express = require('@feathersjs/express');

class Items {
  async get(id) {
    console.log('looked up');
    return { id };
  }
}
class Fails {
  async get(id) {
    throw new TypeError(`broken ${id}`);
  }
}
const create = express.default ?? express;
const app = create((feathers ?? require('@feathersjs/feathers'))());
app.configure(express.rest());
app.use('/api/v1/items', new Items());
app.use('/api/v1/fails', new Fails());
app.get('/plain', (_req, res) => res.end('plain'));
app.use(express.notFound());
app.use(express.errorHandler({ logger: false }));
const started = app.listen(0);
Promise.resolve(started).then((server) => {
  if (server.listening) console.log(`port ${server.address().port}`);
  else server.once('listening', () => console.log(`port ${server.address().port}`));
});
