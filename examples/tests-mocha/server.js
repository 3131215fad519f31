'use strict';
const http = require('node:http');
const { SpanStatusCode, trace } = require('@opentelemetry/api');

const tracer = trace.getTracer('orders');
const orders = new Map([['1', { id: '1', sku: 'tea' }]]);

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function find(id) {
  return tracer.startActiveSpan('find order', (span) => {
    const order = orders.get(id);
    if (order === undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    return order;
  });
}

const server = http.createServer((request, response) => {
  const [, what, id] = request.url.split('/');
  if (what !== 'orders') return send(response, 404, { error: 'not found' });
  trace.getActiveSpan().updateName(`${request.method} ${id ? '/orders/:id' : '/orders'}`);
  if (request.method === 'POST') {
    return tracer.startActiveSpan('store order', (span) => {
      orders.set('2', { id: '2', sku: 'milk' });
      span.end();
      send(response, 201, { id: '2' });
    });
  }
  const order = find(id);
  return order ? send(response, 200, order) : send(response, 404, { error: 'no such order' });
});

server.listen(Number(process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
