import assert from 'node:assert';
import { startService } from '../support/service.js';

describe('as an ES module', () => {
  let service;
  before(async () => {
    service = await startService();
  });
  after(() => service.stop());

  it('finds an order, too', async () => {
    const response = await fetch(`${service.url}/orders/1`);
    assert.strictEqual(response.status, 200);
  });
});
