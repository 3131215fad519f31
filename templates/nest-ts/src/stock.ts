import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';

@Injectable()
export class Stock {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Asks the stock service whether there is any of an article. */
  async has(sku: string): Promise<boolean> {
    const reply = await fetch(`${this.config.stockUrl}/${encodeURIComponent(sku)}`, { signal: AbortSignal.timeout(5_000) });
    if (!reply.ok) throw new Error(`the stock service answered ${reply.status}`);
    const { available } = (await reply.json()) as { readonly available?: boolean };
    return available === true;
  }
}
