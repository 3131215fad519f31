const { maintenance, serve } = require('./handler.cjs');

exports.goLive = function goLive(server) {
  server.removeListener('request', maintenance);
  if (!server.listeners('request').includes(serve)) server.on('request', serve);
  console.log(server.listenerCount('request'));
};
