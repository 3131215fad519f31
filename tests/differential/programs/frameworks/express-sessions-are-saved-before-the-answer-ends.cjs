/*
express: [4, 5]
steps:
  - GET /count
  - request: GET /count
    headers: { Cookie: 'sid=s%3Afixed.Vz1yyTTDUqxgyUbaUYLlMBdzNPOJNP4KQR%2FXhx3DkCo' }
*/
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({ secret: 'secret', name: 'sid', genid: () => 'fixed', resave: false, saveUninitialized: true, store: new session.MemoryStore() }));
app.get('/count', (req, res) => {
  req.session.views = (req.session.views || 0) + 1;
  res.send(`views ${req.session.views}`);
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
