import type { PriceClient } from '../clients/price.client';

export interface QuoteItem {
  readonly sku: string;
  readonly quantity: number;
}

export interface QuoteRequest {
  readonly customer: string;
  readonly items: readonly QuoteItem[];
}

export interface Quote extends QuoteRequest {
  readonly id: string;
  readonly total: number;
}

export class QuoteService {
  private readonly quotes = new Map<string, Quote>();

  constructor(private readonly prices: PriceClient) {}

  list(): Quote[] {
    return [...this.quotes.values()];
  }

  find(id: string): Quote | undefined {
    return this.quotes.get(id);
  }

  async create(request: QuoteRequest): Promise<Quote> {
    const prices = await Promise.all(request.items.map((item) => this.prices.get(item.sku)));
    const total = request.items.reduce((sum, item, index) => sum + item.quantity * prices[index], 0);
    const quote: Quote = { id: `Q${this.quotes.size + 1}`, ...request, total };

    this.quotes.set(quote.id, quote);
    console.info('created quote', quote.id);
    return quote;
  }
}
