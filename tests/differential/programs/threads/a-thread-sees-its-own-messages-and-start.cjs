/*
steps:
  - GET /
frames: all
*/
const http = require('http');
const threads = require('worker_threads');
const { Worker, MessageChannel, MessagePort, parentPort, workerData } = threads;

// Who comes first of several ports is open.
const text = (line) => JSON.stringify(line, (_key, value) => (value instanceof Map ? [...value] : value));

class Point {
  constructor(x) {
    this.x = x;
  }
}

if (!threads.isMainThread) {
  const { port, ...data } = workerData;
  const said = [data, process.execArgv, process.argv.length, Object.keys(process.env).filter((name) => /trace/i.test(name))];
  parentPort.postMessage(['started', said, port instanceof MessagePort, port.constructor === MessagePort]);
  port.on('message', (value) => {
    port.postMessage(['on the port', value], value instanceof ArrayBuffer ? [value] : []);
    port.close();
  });
  parentPort.on('message', function (value) {
    parentPort.postMessage([this === parentPort, value, /middleware/.test(new Error('here').stack)]);
    if (value === 'nested') {
      const inner = new Worker('require("worker_threads").parentPort.postMessage(JSON.stringify(process.execArgv))', { eval: true });
      inner.on('message', (text) => parentPort.postMessage(['inner', text]));
      inner.on('exit', (code) => parentPort.postMessage(['inner ended', code]));
    }
    if (value === 'end') parentPort.close();
  });
} else {
  console.log(Worker.name, Worker.length, Object.getOwnPropertyNames(Worker).join());
  console.log(MessageChannel.name, MessageChannel.length, new MessageChannel() instanceof MessageChannel, globalThis.MessageChannel === MessageChannel);
  console.log(Object.keys(threads).join(), Worker.prototype.constructor === Worker);
  class Named extends Worker {}
  const server = http.createServer((req, res) => {
    const { port1, port2 } = new MessageChannel();
    const lines = [];
    const worker = new Named(__filename, { workerData: { n: 7, port: port2 }, transferList: [port2], argv: ['one'] });
    lines.push([worker instanceof Named, worker instanceof Worker, worker.constructor === Named, worker.listenerCount('message')]);
    worker.on('message', (value) => {
      lines.push(value);
      if (String(value[0]) === 'inner ended') worker.postMessage('end');
    });
    port1.on('message', (value) => lines.push(value));
    worker.on('messageerror', (error) => lines.push(['messageerror', String(error)]));
    worker.on('exit', (code) => res.end(`${lines.map(text).sort().join('\n')} ${code}`));
    const bytes = new ArrayBuffer(3);
    worker.once('message', () => port1.postMessage(bytes, [bytes]));
    lines.push(['moved', bytes.byteLength]);
    for (const value of [1, null, undefined, 'text', Buffer.from('abc'), new Map([[1, { a: 2 }]]), new Point(3), Object.freeze({ b: [1] }), new Date(0), 'nested'])
      worker.postMessage(value);
    try {
      worker.postMessage(() => 1);
    } catch (error) {
      lines.push([error.name, error.code]);
    }
  });
  server.listen(0, () => console.log(`port ${server.address().port}`));
}
