/*
ends: itself
untraced: it takes no request
*/
const events = ['exit', 'beforeExit', 'uncaughtException', 'unhandledRejection', 'warning', 'message', 'SIGHUP', 'SIGUSR2'];
for (const event of events) process.on(event, () => {});
console.log(events.map((event) => `${event} ${process.listeners(event).length > 0}`).join(', '));
process.setMaxListeners(1);
console.log(process.getMaxListeners());
