/*
express: [4, 5]
steps:
  - request: GET /
    headers: { Cookie: 'theme=dark', Accept-Encoding: gzip }
  - request: POST /json
    headers: { Content-Type: application/json }
    body: '{"a":[1,2]}'
  - request: POST /form
    headers: { Content-Type: application/x-www-form-urlencoded }
    body: a=1&b=2
  - GET /static/asset.txt
*/
const compression = require('compression');
const cookies = require('cookie-parser');
const express = require('express');
const morgan = require('morgan');
const onHeaders = require('on-headers');

require('fs').writeFileSync('asset.txt', 'served from disk');
const app = express();
app.use(morgan(':method :url :status :res[content-type]'));
app.use((req, res, next) => {
  onHeaders(res, () => res.setHeader('X-Late', '1'));
  next();
});
app.use(compression({ threshold: 0 }));
app.use(cookies());
app.use(express.json(), express.urlencoded({ extended: true }));
app.use('/static', express.static(__dirname, { index: false, lastModified: false, etag: false, dotfiles: 'ignore', extensions: [] }));
app.get('/', (req, res) => res.json(req.cookies));
app.post('/json', (req, res) => res.status(201).json(req.body));
app.post('/form', (req, res) => res.send(Object.entries(req.body).join(';')));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
