/*
nodes: '>=20'
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, { pause: 80 }, GET /out, { pause: 80 }, GET /2]
*/
const { subscribe } = require('diagnostics_channel');
const http = require('http');
const { PerformanceObserver } = require('perf_hooks');

for (const name of ['http.client.request.start', 'http.client.response.finish', 'http.client.request.created', 'net.client.socket'])
  subscribe(name, ({ request }) => console.log(name, request && request.path));
new PerformanceObserver((list) => {
  for (const { name, detail } of list.getEntries()) if (name === 'HttpClient') console.log(name, detail.req.url.replace(/\d+/, 'N'));
}).observe({ entryTypes: ['http'] });
const server = http.createServer((req, res) => {
  if (req.url !== '/out') return res.end('ok');
  http.get({ port: server.address().port, path: '/in', agent: false }, (answer) => answer.pipe(res));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
