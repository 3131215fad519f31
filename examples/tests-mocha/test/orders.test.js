'use strict';
const assert = require('node:assert');
const http = require('node:http');
const { startService } = require('../support/service.js');

describe('orders', () => {
  let service;
  before(async () => {
    service = await startService();
    await fetch(`${service.url}/health`);
  });
  after(() => service.stop());

  it('an order is found', async () => {
    const response = await fetch(`${service.url}/orders/1`);
    assert.deepStrictEqual(await response.json(), { id: '1', sku: 'tea' });
  });

  it('an unknown order is not found', async () => {
    const [response] = await Promise.all([fetch(`${service.url}/orders/9`), fetch(`${service.url}/orders/8`)]);
    assert.strictEqual(response.status, 404);
  });

  it('an order is stored and read again', async () => {
    const stored = await fetch(`${service.url}/orders`, { method: 'POST', body: '{"sku":"milk"}' });
    const { id } = await stored.json();
    const status = await new Promise((resolve) => http.get(`${service.url}/orders/${id}`, (read) => resolve(read.resume().statusCode)));
    assert.strictEqual(status, 200);
  });

  it('nothing is asked here', () => assert.ok(true));
});
