/*
steps: [GET /1, GET /fails, GET /inner]
*/
const http = require('http');
const vm = require('vm');

const context = vm.createContext({ require, console, setTimeout });
const code = `
  const http = require('http');
  ({
    handle(req, res) {
      if (req.url === '/fails') {
        try { null.x; } catch (error) { res.statusCode = 500; return res.end(error.name + (error instanceof TypeError)); }
      }
      if (req.url === '/inner') return http.get({ port: this.port, path: '/1', agent: false, headers: { a: ['1'] } }, (answer) => answer.pipe(res));
      new Promise((done) => setTimeout(done, 2)).then(() => res.end(JSON.stringify([req.url, req.headers instanceof Object, Array.isArray(req.rawHeaders)])));
    },
  })
`;
const made = new vm.Script(code, { filename: 'inner.js' }).runInContext(context);
const server = http.createServer((req, res) => made.handle(req, res));
server.listen(0, '127.0.0.1', () => {
  made.port = server.address().port;
  console.log(`port ${made.port}`);
});
