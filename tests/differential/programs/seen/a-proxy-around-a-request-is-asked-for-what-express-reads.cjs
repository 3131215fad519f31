/*
express: [4, 5]
nodes: '<26' # whose private fields a proxy does not have
steps:
  - GET /users/7
  - GET /users/7/fails
  - GET /users/7/rejects
  - GET /nowhere
*/
const express = require('express');
const http = require('http');

const nested = express.Router({ mergeParams: true });
nested.get('/', (req, res) => res.json(said()));
nested.get('/fails', (req, res, next) => next(new Error('no')));
nested.get('/rejects', (req, res, next) => setTimeout(next, 5, new Error('late')));
const app = express();
app.use('/users/:id', nested);
app.use((req, res, next) => (req.path === '/nowhere' ? res.json(said()) : next()));
app.use((error, req, res, next) => res.json([error.message, ...said()]));
let asked = [];
const said = () => asked.splice(0).sort();
const spy = (who, target) =>
  new Proxy(target, {
    get(object, key, receiver) {
      asked.push(`${who} get ${key.description || String(key)}`);
      return Reflect.get(object, key, receiver);
    },
    has(object, key) {
      asked.push(`${who} has ${key.description || String(key)}`);
      return Reflect.has(object, key);
    },
    defineProperty(object, key, descriptor) {
      asked.push(`${who} define ${key.description || String(key)}`);
      return Reflect.defineProperty(object, key, descriptor);
    },
    getPrototypeOf(object) {
      asked.push(`${who} prototype`);
      return Reflect.getPrototypeOf(object);
    },
  });
const server = http.createServer((req, res) => app(spy('req', req), res));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
