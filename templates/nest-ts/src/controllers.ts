import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { log } from './log.js';
import { Stock } from './stock.js';

// Providers are named by @Inject: types are gone when tsx runs the sources.
@Controller('orders')
export class OrdersController {
  constructor(@Inject(Stock) private readonly stock: Stock) {}

  @Get(':sku')
  async order(@Param('sku') sku: string): Promise<object> {
    const available = await this.stock.has(sku);
    log('info', 'order looked up', { sku, available });
    return { sku, available };
  }
}

/** What /ready says, as a provider. */
export const STATE = Symbol('state');

export interface State {
  readonly ready: boolean;
}

@Controller()
export class HealthController {
  constructor(@Inject(STATE) private readonly state: State) {}

  @Get('health')
  health(): object {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(@Res({ passthrough: true }) response: Response): object {
    response.status(this.state.ready ? 200 : 503);
    return { ready: this.state.ready };
  }
}
