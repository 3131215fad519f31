import axios, { AxiosInstance } from 'axios';

interface Price {
  sku: string;
  price: number;
}

export class PriceClient {
  private readonly http: AxiosInstance;

  constructor(baseURL: string, timeout: number) {
    this.http = axios.create({ baseURL, timeout });
  }

  async get(sku: string): Promise<number> {
    const { data } = await this.http.get<Price>(`/${encodeURIComponent(sku)}`);

    return data.price;
  }
}
