const express = require('express');
const stock = require('./stock');

const app = express();
app.use(express.json());

app.get('/items/:sku', async (req, res, next) => {
  try {
    res.json(await stock.level(req.params.sku));
  } catch (err) {
    next(err);
  }
});

app.get('/items/:sku/history', (req, res, next) => {
  const amounts = [];
  stock.watch(req.params.sku)
    .on('data', (amount) => amounts.push(amount.pieces))
    .on('error', next)
    .on('end', () => res.json(amounts));
});

app.post('/orders', async (req, res, next) => {
  try {
    const left = await stock.reserve(req.body.sku, req.body.pieces);
    res.status(201).json({ left: left.pieces });
  } catch (err) {
    next(err);
  }
});

const statuses = { 5: 404, 9: 409 };

// eslint-disable-next-line no-unused-vars
app.use((err, req, res, next) => {
  res.status(statuses[err.code] || 502).json({ error: err.details || err.message });
});

const port = process.env.PORT || 3000;
app.listen(port, '127.0.0.1', () => console.log('shop on %d', port));
