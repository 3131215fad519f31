const base = process.env.ORDERS_URL ?? 'http://127.0.0.1:3001';

async function call(path, init) {
  const response = await fetch(base + path, init);
  const body = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(body.error), { status: response.status });
  }
  return body;
}

export function getOrder(id) {
  return call(`/orders/${encodeURIComponent(id)}`);
}

export function placeOrder(sku, quantity) {
  return call('/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku, quantity }),
  });
}
