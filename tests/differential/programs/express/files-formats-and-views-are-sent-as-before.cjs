/*
express: [4, 5]
steps:
  - GET /file
  - GET /static/text.txt
  - GET /static/
  - GET /static/none
  - GET /download
  - { request: GET /format, headers: { Accept: application/json } }
  - { request: GET /format, headers: { Accept: image/png } }
  - GET /view
  - GET /jsonp?callback=f
  - GET /redirect
  - { request: GET /fresh, headers: { If-None-Match: 'W/"1"' } }
  - { request: POST /body, headers: { Content-Type: application/json }, body: '{bad' }
  - { request: HEAD /file }
  - { request: OPTIONS /file }
*/
const express = require('express');
const fs = require('fs');
const path = require('path');

const folder = path.join(__dirname, 'public');
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'text.txt'), 'text of a file');
fs.writeFileSync(path.join(folder, 'view.own'), 'Hello, NAME');
fs.utimesSync(path.join(folder, 'text.txt'), 1000, 1000);
const app = express();
app.set('env', 'test');
app.engine('own', (file, options, done) => done(null, fs.readFileSync(file, 'utf8').replace('NAME', options.name)));
app.set('views', folder);
app.set('view engine', 'own');
app.use(express.json());
app.use('/static', express.static(folder, { index: false }));
app.get('/file', (req, res) => res.sendFile('text.txt', { root: folder }));
app.get('/download', (req, res) => res.download(path.join(folder, 'text.txt'), 'näme.txt'));
app.get('/format', (req, res) => res.format({ json: () => res.json({ a: 1 }), text: () => res.send('a') }));
app.get('/view', (req, res) => res.render('view', { name: 'you' }, (error, text) => res.type('text').send(`${error} ${text}`)));
app.get('/jsonp', (req, res) => res.jsonp({ a: 1 }));
app.get('/redirect', (req, res) => res.cookie('a', 'b', { signed: false }).links({ next: '/2' }).vary('X').redirect(301, '/there'));
app.get('/fresh', (req, res) => res.set('ETag', 'W/"1"').send('fresh'));
app.post('/body', (req, res) => res.json(req.body));
app.use((error, req, res, next) => res.status(error.status || 500).type('text').send(`${error.type} ${error.expose}`));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
