import { Router } from 'express';

const prices: Readonly<Record<string, number>> = { desk: 249, chair: 119.5, lamp: 39.9 };

export function createPriceRouter(): Router {
  const router = Router();

  router.get('/:sku', (req, res) => {
    const price = prices[req.params.sku];
    if (price === undefined) {
      res.status(404).json({ message: `no price for ${req.params.sku}` });
      return;
    }
    res.json({ sku: req.params.sku, price });
  });

  return router;
}
