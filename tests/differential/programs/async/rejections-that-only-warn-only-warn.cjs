/*
nodes: '>=15'
node-args: [--unhandled-rejections=warn]
ends: itself
untraced: it takes no request
*/
Promise.reject(new Error('only a warning'));
process.on('warning', (warning) => console.log(warning.name));
setTimeout(() => console.log('goes on', process.listenerCount('unhandledRejection'), process.listenerCount('uncaughtException')), 20);
