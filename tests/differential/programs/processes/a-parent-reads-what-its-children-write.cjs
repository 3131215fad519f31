/*
steps: [GET /1]
ends: itself
*/
const http = require('http');
const { exec, execFileSync, spawnSync, fork } = require('child_process');

if (process.argv[2] === 'child') {
  console.log('out of the child');
  process.exit(Number(process.argv[3]));
} else if (process.argv[2] === 'fork') {
  process.on('message', (message) => {
    process.send({ got: message, connected: process.connected });
    process.disconnect();
  });
} else {
  const server = http.createServer((req, res) => {
    console.log(execFileSync(process.execPath, ['-p', '1 + 1'], { encoding: 'utf8' }));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', 'console.error(5); process.exit(6)'], { encoding: 'utf8' });
    console.log(status, stdout, stderr);
    exec(`"${process.execPath}" -e "process.kill(process.pid)"`, (error, out, err) => {
      console.log(error.signal, error.code, out, err);
      const child = fork(__filename, ['fork'], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
      child.send(new Map([[1, { a: new Date(0) }]]));
      child.on('message', (message) => console.log(message));
      child.on('disconnect', () => console.log('disconnected'));
      child.on('exit', (code, signal) => {
        console.log('exit', code, signal);
        const two = spawnSync(process.execPath, [__filename, 'child', '7'], { encoding: 'utf8' });
        console.log(two.status, two.stdout);
        res.setHeader('Connection', 'close');
        res.end('done');
        server.close();
      });
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}
