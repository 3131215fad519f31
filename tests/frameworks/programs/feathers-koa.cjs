const { feathers } = require('@feathersjs/feathers');
const { koa, rest, bodyParser, errorHandler } = require('@feathersjs/koa');

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
const app = koa(feathers());
app.use(errorHandler());
app.use(bodyParser());
app.configure(rest());
app.use('api/v1/items', new Items());
app.use('api/v1/fails', new Fails());
app.listen(0).then((server) => console.log(`port ${server.address().port}`));
