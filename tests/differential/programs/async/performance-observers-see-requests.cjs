/*
nodes: '>=16'
steps:
  - GET /
  - stdout: observed
*/
const http = require('http');
const { PerformanceObserver } = require('perf_hooks');

const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) console.log('observed', entry.name, entry.entryType);
  observer.disconnect();
});
observer.observe({ entryTypes: ['http'] });
const server = http.createServer((req, res) => res.end('ok'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
