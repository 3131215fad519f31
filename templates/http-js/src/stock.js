/** Asks the stock service whether there is any of an article. */
export async function askStock(url, sku) {
  const reply = await fetch(`${url}/${encodeURIComponent(sku)}`, { signal: AbortSignal.timeout(5_000) });
  if (!reply.ok) throw new Error(`the stock service answered ${reply.status}`);
  const { available } = await reply.json();
  return available === true;
}
