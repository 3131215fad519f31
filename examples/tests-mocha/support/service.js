'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');

/** Starts the service as production does; resolves to its address and the way to stop it. */
exports.startService = async function startService() {
  const root = join(__dirname, '..');
  const child = spawn(process.execPath, ['--require', './tracing.js', 'server.js'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const port = /listening on (\d+)/.exec(String(line))[1];
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      child.kill('SIGTERM');
      return once(child, 'exit');
    },
  };
};
