const polka = require('polka');

const api = polka()
  .get('/v1/items/:id', (req, res) => {
    console.log('looked up');
    res.end(req.params.id);
  })
  .get('/v1/fails/:id', (req, res) => {
    try {
      throw new TypeError(`broken ${req.params.id}`);
    } catch (error) {
      console.error(error);
      res.statusCode = 500;
      res.end();
    }
  })
  .get('/v1/refuses/:id', (_req, res) => {
    res.statusCode = 400;
    res.end('wrong');
  })
  .get('/v1/slow/:id', () => undefined);
const app = polka()
  .get('/plain', (_req, res) => res.end('plain'))
  .use('/api', api);
app.listen(0, '127.0.0.1', () => console.log(`port ${app.server.address().port}`));
