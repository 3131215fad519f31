/*
steps:
  - GET /fails
  - GET /fine
*/
const http = require('http');
const { pipeline, Readable } = require('stream');

const server = http.createServer((req, res) => {
  let count = 0;
  const source = new Readable({
    read() {
      count += 1;
      if (count === 3 && req.url === '/fails') this.destroy(new Error('source broke'));
      else this.push(count > 4 ? null : `part ${count}\n`);
    },
  });
  pipeline(source, res, (error) => console.log('pipeline', error && error.message, res.destroyed, res.writableFinished));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
