import express from 'express';
import { getOrder, placeOrder } from './orders.js';

const port = Number(process.env.PORT ?? 3000);
const app = express();

app.use(express.json());

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

app.post('/checkout', async (req, res) => {
  const { sku, quantity = 1 } = req.body ?? {};
  if (!sku) {
    res.status(400).json({ error: 'sku is required' });
    return;
  }
  const order = await placeOrder(sku, quantity);
  console.log(`checked out order ${order.id}`);
  res.status(201).json(order);
});

app.get('/orders/:id', async (req, res) => {
  res.json(await getOrder(req.params.id));
});

app.use((error, req, res, next) => {
  console.error('gateway failed:', error.message);
  res.status(error.status ?? 500).json({ error: error.message });
});

app.listen(port, () => {
  console.log(`gateway listening on ${port}`);
});
