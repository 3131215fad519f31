// biome-ignore-all lint/style/useNodejsImportProtocol: Node 14 before 14.18 does not know it in require
// @ts-nocheck: this file is preloaded as it stands, on Node 14 to 26, so it holds plain JavaScript of Node 14.
(function probe() {
  const target = process.env.TRACEWRIGHT_PROBE;
  if (!target || !require('worker_threads').isMainThread) return;
  // The program must not find this file among the modules it loaded.
  delete require.cache[__filename];
  const at = target.indexOf(':');
  const net = require('net');
  const socket = net.connect(Number(target.slice(0, at)), '127.0.0.1');
  socket.unref();
  // Whoever started this program is gone, perhaps killed, before this program could reach it or after: nothing may stay behind.
  const end = function end() {
    process.kill(process.pid, 'SIGKILL');
  };
  socket.on('error', function isGone(error) {
    if (error.code === 'ECONNREFUSED') end();
  });
  socket.on('connect', function follow() {
    socket.on('close', end);
  });
  const tell = function tell(fact) {
    if (!socket.destroyed) socket.write(`${JSON.stringify(Object.assign({ pid: process.pid }, fact))}\n`);
  };
  tell({
    event: 'start',
    service: target.slice(at + 1),
    parent: process.ppid,
    program: process.argv[1] || '',
    words: process.argv.slice(1, 20),
    version: process.versions.node,
  });
  process.on('exit', function tellExit(code) {
    tell({ event: 'exit', code: code });
  });
  // A child that the program gives an environment of its own is still one of this launch.
  const mark = `TRACEWRIGHT_PROBE=${target}`;
  const spawning = require('child_process').ChildProcess.prototype;
  const spawn = spawning.spawn;
  spawning.spawn = function spawnMarked(options) {
    const pairs = options?.envPairs;
    const isMarked = !Array.isArray(pairs) || pairs.some((pair) => String(pair).indexOf('TRACEWRIGHT_PROBE=') === 0);
    if (!isMarked) pairs.push(mark);
    // biome-ignore lint/complexity/noArguments: forwards exactly what the program passed
    return spawn.apply(this, arguments);
  };
  const original = net.Server.prototype.listen;
  net.Server.prototype.listen = function listen() {
    this.once('listening', function tellListening() {
      const address = this.address();
      tell({
        event: 'listening',
        port: address && typeof address === 'object' ? address.port : 0,
        host: address && typeof address === 'object' ? address.address : '',
        // Told by their properties, because loading http or tls here would change what the program loads.
        http: 'keepAliveTimeout' in this,
        tls: typeof this.setSecureContext === 'function',
        worker: require('cluster').isWorker,
      });
    });
    // biome-ignore lint/complexity/noArguments: forwards exactly what the program passed
    return original.apply(this, arguments);
  };
})();
