import express from 'express';

const shelf = { tea: 40, mug: 7, kettle: 0 };

function take(sku, quantity) {
  if (!(sku in shelf)) {
    throw new Error(`shelf for ${sku} is broken`);
  }
  if (shelf[sku] < quantity) {
    return undefined;
  }
  shelf[sku] -= quantity;
  return shelf[sku];
}

const app = express();

app.use(express.json());

app.get('/health', (req, res) => res.json({ status: 'ok' }));

app.get('/stock/:sku', (req, res) => {
  res.json({ sku: req.params.sku, left: shelf[req.params.sku] ?? 0 });
});

app.post('/stock/:sku/reserve', (req, res) => {
  const { sku } = req.params;
  const left = take(sku, req.body.quantity);
  if (left === undefined) {
    res.status(409).json({ error: `not enough ${sku}` });
    return;
  }
  res.json({ sku, left });
});

const port = process.env.PORT || 3002;
const server = app.listen(port, () => console.log(`stock listening on ${port}`));

process.on('SIGINT', () => {
  server.close(() => process.exit(0));
});
