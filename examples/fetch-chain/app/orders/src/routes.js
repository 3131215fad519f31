import { Router } from 'express';
import { reserve } from './stock-client.js';

const router = Router();
const orders = new Map();

router.post('/', async (req, res, next) => {
  try {
    const { sku, quantity } = req.body;
    const reservation = await reserve(sku, quantity);
    const order = { id: String(orders.size + 1), sku, quantity, left: reservation.left };
    orders.set(order.id, order);
    console.log('order', order.id, 'for', quantity, sku);
    res.status(201).json(order);
  } catch (error) {
    next(error);
  }
});

router.get('/:id', (req, res) => {
  const order = orders.get(req.params.id);
  if (!order) {
    res.status(404).json({ error: 'no such order' });
    return;
  }
  res.json(order);
});

export default router;
