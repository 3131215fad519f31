/** Asks the stock service whether there is any of an article. */
export async function askStock(url: string, sku: string): Promise<boolean> {
  const reply = await fetch(`${url}/stock/${encodeURIComponent(sku)}`, { signal: AbortSignal.timeout(5_000) });
  if (!reply.ok) throw new Error(`the stock service answered ${reply.status}`);
  const { available } = (await reply.json()) as { readonly available?: boolean };
  return available === true;
}
