import '../instrumentation.mjs';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { traceHttp } from '@tracewright/middleware/http';

const articles = ['tea', 'slow'];

/** Stands for the stock service on your machine, in tests and in `tracewright verify`. */
async function answer(request, response) {
  const sku = request.url?.replace('/stock/', '') ?? '';
  if (sku === 'slow') await setTimeout(1_000);
  const known = articles.includes(sku);
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known ? { sku, available: true } : { error: { code: 'not_found', message: 'There is no such article' } }));
}

const server = createServer(traceHttp(answer, ['/stock/:sku']));
server.listen(process.env.PORT ?? 3001, () => {
  process.stdout.write(`${JSON.stringify({ level: 'info', message: 'listening', port: server.address().port })}\n`);
});
process.once('SIGTERM', () => server.close());
