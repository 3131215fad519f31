import { App } from '@tinyhttp/app';

const api = new App();
api.get('/items/:id', (req, res) => {
  console.log('looked up');
  res.send({ id: req.params.id });
});
api.get('/fails/:id', async (req) => {
  throw new TypeError(`broken ${req.params.id}`);
});
api.get('/refuses/:id', (_req, res) => res.status(400).send('wrong'));
api.get('/slow/:id', () => new Promise(() => undefined));
const app = new App();
app.get('/plain', (_req, res) => res.send('plain'));
app.use('/api/v1', api);
const server = app.listen(0, () => console.log(`port ${server.address().port}`), '127.0.0.1');
