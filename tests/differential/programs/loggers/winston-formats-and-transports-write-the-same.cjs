/*
nodes: '>=15' # what winston loads to colour has ||= in it
steps:
  - GET /log
*/
const http = require('http');
const winston = require('winston');

const logger = winston.createLogger({
  level: 'info',
  format: winston.format.combine(winston.format.label({ label: 'app' }), winston.format.splat(), winston.format.json()),
  transports: [new winston.transports.Console()],
});
const server = http.createServer((req, res) => {
  logger.info('request %s', req.url, { extra: 1 });
  logger.debug('not shown');
  res.end(`transports ${logger.transports.length}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
