/*
steps:
  - GET /log
*/
const bunyan = require('bunyan');
const http = require('http');

let serialized = 0;
const lines = [];
const logger = bunyan.createLogger({
  name: 'app',
  serializers: {
    req: (req) => {
      serialized += 1;
      return { url: req.url };
    },
  },
  streams: [{ type: 'raw', stream: { write: (record) => lines.push([record.level, record.msg, record.req]) } }],
});
const server = http.createServer((req, res) => {
  logger.info({ req }, 'request %d', 1);
  logger.warn('second');
  res.end(JSON.stringify({ lines, serialized }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
