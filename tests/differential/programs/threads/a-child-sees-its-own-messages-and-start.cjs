/*
steps:
  - GET /
frames: all
*/
const http = require('http');
const { fork, spawn, execFile } = require('child_process');
const path = require('path');

if (process.send) {
  process.on('message', (value) => {
    process.send([value]);
    if (value === 'end') process.disconnect();
  });
  process.send([process.execArgv, process.argv.slice(2), Object.keys(process.env).filter((name) => /trace/i.test(name)), process.listenerCount('internalMessage')]);
} else if (process.argv[2] === 'plain') {
  console.log(process.execArgv.join(), Object.keys(process.env).filter((name) => /trace/i.test(name)).join());
} else {
  const script = path.join(__dirname, path.basename(__filename));
  const server = http.createServer((req, res) => {
    const lines = [];
    const child = fork(script, ['a'], { execArgv: [], silent: true });
    lines.push([child.spawnargs.slice(2), child.send.name, child.send.length, Object.keys(child).join()]);
    child.stderr.on('data', (text) => lines.push(String(text)));
    child.on('message', (value) => lines.push(value));
    child.on('internalMessage', (value) => lines.push(value));
    for (const value of [1, null, 'text', { a: [1] }, { cmd: 'PROGRAM' }, 'end']) lines.push(child.send(value));
    child.on('close', (code) =>
      execFile(process.execPath, [script, 'plain'], (error, stdout) => {
        lines.push(stdout);
        spawn(process.execPath, ['-e', 'process.send(process.argv.length)'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
          .on('message', (value) => lines.push(value))
          .on('close', () => res.end(`${lines.map((line) => JSON.stringify(line)).sort().join('\n')} ${code}`));
      }),
    );
  });
  server.listen(0, () => console.log(`port ${server.address().port}`));
}
