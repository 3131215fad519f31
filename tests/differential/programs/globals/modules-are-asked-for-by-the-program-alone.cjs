/*
express: [4, 5]
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, GET /fails, { pause: 100 }, GET /2]
*/
// Libraries that replace modules in tests say what is asked for and by whom.
const Module = require('module');
const express = require('express');

const app = express();
app.set('env', 'test');
app.get('/fails', (req, res, next) => next(new Error('failed')));
app.get('/:id', (req, res) => res.end(req.params.id));
app.use((error, req, res, next) => res.status(500).end(error.message));
const load = Module._load;
Module._load = function (request, parent, isMain) {
  console.log('asked for', request);
  return load.call(this, request, parent, isMain);
};
const requireOf = Module.prototype.require;
Module.prototype.require = function (id) {
  console.log('required', id);
  return requireOf.call(this, id);
};
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('exit', () => console.log('exit'));
process.on('SIGTERM', () => process.exit(0));
