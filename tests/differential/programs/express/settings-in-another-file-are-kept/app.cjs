const app = require('./create.cjs');
require('./settings.cjs')(app);

app.get('/a', (req, res) => res.json(req.query));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
