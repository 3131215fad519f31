'use strict';
const http = require('node:http');
const { startService } = require('../support/service.js');

describe('orders', () => {
  let service;
  beforeAll(async () => {
    service = await startService();
    await fetch(`${service.url}/health`);
  });
  afterAll(() => service.stop());

  test('an order is found', async () => {
    const response = await fetch(`${service.url}/orders/1`);
    expect(await response.json()).toEqual({ id: '1', sku: 'tea' });
  });

  test('an unknown order is not found', async () => {
    const [response] = await Promise.all([fetch(`${service.url}/orders/9`), fetch(`${service.url}/orders/8`)]);
    expect(response.status).toBe(404);
  });

  test('an order is stored and read again', async () => {
    const stored = await fetch(`${service.url}/orders`, { method: 'POST', body: '{"sku":"milk"}' });
    const { id } = await stored.json();
    const status = await new Promise((resolve) => http.get(`${service.url}/orders/${id}`, (read) => resolve(read.resume().statusCode)));
    expect(status).toBe(200);
  });

  test('nothing is asked here', () => expect(true).toBe(true));
});
