/*
ends: itself
untraced: it takes no request
*/
const { execFileSync, exec, fork, spawn, spawnSync } = require('child_process');

const print = 'console.log(Object.keys(process.env).filter((name) => !/^(PWD|SHLVL|_|OLDPWD)$/.test(name)).sort().join())';
console.log(String(execFileSync(process.execPath, ['-e', print], { env: { ONLY: '1' } })).trim());
const { status, stderr } = spawnSync(process.execPath, ['-e', 'console.error("err"); process.exit(6)']);
console.log(status, String(stderr).trim());
exec('exit 9', (error) => console.log('exec', error.code, error.killed));
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
child.on('exit', (code, signal) => console.log('killed', code, signal));
setTimeout(() => child.kill('SIGKILL'), 80);
