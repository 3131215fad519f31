/*
steps: [GET /1]
*/
const http = require('http');

const show = (work) => {
  try {
    return typeof work();
  } catch (error) {
    return error.message;
  }
};
const server = http.createServer((req, res) => {
  const names = ['natives', 'http_parser', 'constants', 'util', 'nothing'];
  res.end(names.map((name) => show(() => process.binding(name))).join());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
