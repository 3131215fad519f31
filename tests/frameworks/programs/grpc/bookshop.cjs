const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const file = join(__dirname, 'bookshop.proto');
writeFileSync(
  file,
  `syntax = "proto3";
package bookshop;
message Asked { int32 id = 1; }
message Book { int32 id = 1; string title = 2; }
service Books {
  rpc Get (Asked) returns (Book);
  rpc Throws (Asked) returns (Book);
  rpc Fails (Asked) returns (Book);
  rpc Missing (Asked) returns (Book);
  rpc Slow (Asked) returns (Book);
  rpc List (Asked) returns (stream Book);
  rpc Add (stream Asked) returns (Book);
  rpc Talk (stream Asked) returns (stream Book);
  rpc Relay (Asked) returns (Book);
}`,
);
const { Books } = grpc.loadPackageDefinition(loader.loadSync(file)).bookshop;
const book = (id) => ({ id, title: 'Kim' });
let client;
const server = new grpc.Server();
server.addService(Books.service, {
  get(call, callback) {
    console.log('looked up');
    callback(null, book(call.request.id));
  },
  throws() {
    throw new TypeError('broken 3');
  },
  fails: (_call, callback) => setImmediate(callback, new RangeError('broken 4')),
  missing: (_call, callback) => callback({ code: grpc.status.NOT_FOUND, message: 'no such book' }),
  slow() {},
  list(call) {
    for (const id of [1, 2, 3]) call.write(book(id));
    call.end();
  },
  add(call, callback) {
    let last = 0;
    call.on('data', ({ id }) => {
      last = id;
    });
    call.on('end', () => callback(null, book(last)));
  },
  talk(call) {
    call.on('data', ({ id }) => call.write(book(id)));
    call.on('end', () => call.end());
  },
  relay: (call, callback) => client.get(call.request, callback),
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  client = new Books(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  server.start();
  console.log(`port ${port}`);
});
