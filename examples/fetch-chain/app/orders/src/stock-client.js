const stockUrl = process.env.STOCK_URL || 'http://127.0.0.1:3002';

export async function reserve(sku, quantity) {
  const response = await fetch(`${stockUrl}/stock/${encodeURIComponent(sku)}/reserve`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ quantity }),
  });

  if (!response.ok) {
    const error = new Error(`stock answered ${response.status}`);
    error.status = response.status === 409 ? 409 : 502;
    throw error;
  }

  return response.json();
}
