/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, { pause: 60 }, GET /2]
*/
const http = require('http');
const { execFileSync } = require('child_process');

const { PATH } = process.env;
process.env = { PATH };
process.argv = ['replaced'];
process.execArgv = ['--none'];
process.title = 'mine';
const server = http.createServer((req, res) => {
  const child = execFileSync('/usr/bin/env', { encoding: 'utf8' }).split('\n').filter((line) => !line.startsWith('_=')).map((line) => line.split('=')[0]);
  res.end(`${Object.keys(process.env)} ${child} ${process.argv} ${process.title}`);
  process.chdir('/');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  console.log(Object.keys(process.env).join(), process.cwd());
  process.exit();
});
