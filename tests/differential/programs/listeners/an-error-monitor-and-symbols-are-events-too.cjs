/*
steps:
  - GET /
*/
const { errorMonitor, once, getEventListeners } = require('events');
const http = require('http');

const secret = Symbol('secret');
const server = http.createServer(async (req, res) => {
  const said = [];
  for (const emitter of [req, res, server]) {
    emitter.on(errorMonitor, (error) => said.push(`monitor ${error.message}`));
    emitter.on(secret, function (...args) {
      said.push(`${this === emitter} ${args.length} ${this.listenerCount(secret)}`);
    });
    said.push(emitter.emit(secret, 1, 2, 3), emitter.emit('nobody'), emitter.rawListeners(secret).length);
    try {
      emitter.emit('error', new Error('unheard'));
    } catch (error) {
      said.push(`thrown ${error.message}`);
    }
    emitter.once('error', () => undefined);
    said.push(emitter.emit('error', new Error('heard')));
    const waited = once(emitter, 'later');
    emitter.emit('later', 'a', 'b');
    said.push((await waited).join());
    if (getEventListeners) said.push(getEventListeners(emitter, secret).length);
  }
  res.end(said.join('\n'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
