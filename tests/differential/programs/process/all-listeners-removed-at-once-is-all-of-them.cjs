/*
ends: itself
untraced: it only ends
*/
require('http');
const events = ['SIGTERM', 'SIGINT', 'beforeExit', 'exit'];
for (const event of events) process.on(event, () => console.log(`still there: ${event}`));
for (const event of events) process.removeAllListeners(event);
console.log(events.map((event) => process.listenerCount(event)).join());
process.emit('SIGTERM', 'SIGTERM', 15) || console.log('nobody listens');
