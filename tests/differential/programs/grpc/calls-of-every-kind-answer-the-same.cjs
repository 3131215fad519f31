/*
ends: itself
nodes: '>=16'
*/
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const file = join(__dirname, 'shop.proto');
writeFileSync(
  file,
  `syntax = "proto3";
package shop;
message Asked { int32 id = 1; }
message Told { string text = 1; }
service Shop {
  rpc Get (Asked) returns (Told);
  rpc Throws (Asked) returns (Told);
  rpc Fails (Asked) returns (Told);
  rpc Slow (Asked) returns (Told);
  rpc List (Asked) returns (stream Told);
  rpc Add (stream Asked) returns (Told);
  rpc Talk (stream Asked) returns (stream Told);
}`,
);
const { Shop } = grpc.loadPackageDefinition(loader.loadSync(file)).shop;
const cancelled = [];
class Service {
  name = 'shop';
  get(call, callback) {
    const trailers = new grpc.Metadata();
    trailers.set('left', 'over');
    const sent = Object.keys(call.metadata.getMap()).filter((name) => name !== 'user-agent' && name !== 'traceparent');
    call.sendMetadata(new grpc.Metadata());
    callback(null, { text: `${this.name} ${call.request.id} ${sent.join()} ${call.getPath()}` }, trailers);
  }
  throws() {
    throw new TypeError('thrown');
  }
  fails(_call, callback) {
    callback(Object.assign(new Error('failed'), { code: grpc.status.INTERNAL, details: 'in detail' }));
  }
  slow(call) {
    // Whether the server or the client hears of it first is not said.
    call.on('cancelled', () => cancelled.push(call.cancelled));
  }
  list(call) {
    for (const text of ['a', 'b']) call.write({ text });
    call.emit('error', { code: grpc.status.ABORTED, message: 'enough' });
  }
  add(call, callback) {
    let sum = 0;
    call.on('data', ({ id }) => {
      sum += id;
    });
    call.on('end', () => callback(null, { text: `${sum}` }));
  }
  talk(call) {
    call.on('data', ({ id }) => call.write({ text: `${id}` }));
    call.on('end', () => call.end());
  }
}
const server = new grpc.Server();
server.addService(Shop.service, new Service());
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), async (error, port) => {
  if (error) throw error;
  const spy = (options, nextCall) => new grpc.InterceptingCall(nextCall(options), { sendMessage: (message, next) => next(message) });
  const client = new Shop(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), { interceptors: [spy] });
  const unary = (method, options = {}) =>
    new Promise((resolve) => {
      const metadata = new grpc.Metadata();
      metadata.set('own', 'value');
      const call = client[method]({ id: 7 }, metadata, options, (failed, told) => {
        console.log(method, failed && `${failed.code} ${failed.details.slice(0, 17)}`, told);
        resolve();
      });
      call.on('status', ({ metadata: trailers }) => console.log(method, trailers.get('left')));
      if (options.cancel) setTimeout(() => call.cancel(), 200);
    });
  await unary('get');
  await unary('throws');
  await unary('fails');
  await unary('slow', { deadline: Date.now() + 200 });
  await unary('slow', { cancel: true });
  await new Promise((resolve) => {
    const call = client.list({ id: 1 });
    call.on('data', (told) => console.log('list', told));
    call.on('error', (failed) => console.log('list', failed.code, failed.details));
    call.on('status', resolve);
  });
  await new Promise((resolve) => {
    const call = client.add((failed, told) => {
      console.log('add', failed, told);
      resolve();
    });
    for (const id of [1, 2]) call.write({ id });
    call.end();
  });
  await new Promise((resolve) => {
    const call = client.talk();
    call.on('data', (told) => console.log('talk', told));
    call.on('end', resolve);
    for (const id of [1, 2]) call.write({ id });
    call.end();
  });
  client.close();
  server.tryShutdown(() => console.log('down', cancelled));
});
