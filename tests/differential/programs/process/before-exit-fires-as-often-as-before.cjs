/*
ends: itself
untraced: it only ends
*/
const http = require('http');

let fired = 0;
process.on('beforeExit', (code) => {
  fired++;
  console.log(`beforeExit ${fired}, code ${code}, ${process.listenerCount('beforeExit')} listener`);
  // Work twice: Node emits it once more after each.
  if (fired < 3) setTimeout(() => console.log(`work ${fired}`), 10);
});
process.once('beforeExit', () => console.log('once'));
process.on('exit', (code) => console.log(`exit ${code} after ${fired}`));
console.log(typeof http.createServer);
