const path = require('path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const definition = protoLoader.loadSync(path.join(__dirname, '../proto/stock.proto'), { keepCase: true });
const { Stock } = grpc.loadPackageDefinition(definition).warehouse.v1;

const shelf = { tea: 12, cups: 3, lamp: null };

function level({ request }, callback) {
  if (!(request.sku in shelf)) return callback({ code: grpc.status.NOT_FOUND, message: `no ${request.sku}` });
  callback(null, { sku: request.sku, pieces: shelf[request.sku] });
}

function reserve({ request: { sku, pieces } }, callback) {
  if (shelf[sku] === null) return callback(new Error(`nobody counted ${sku}`));
  if (shelf[sku] < pieces) {
    return callback({ code: grpc.status.FAILED_PRECONDITION, message: `only ${shelf[sku]} left` });
  }
  shelf[sku] -= pieces;
  console.log('reserved %d', pieces);
  callback(null, { sku, pieces: shelf[sku] });
}

function watch(call) {
  const { sku } = call.request;
  call.write({ sku, pieces: shelf[sku] });
  setImmediate(() => {
    call.write({ sku, pieces: shelf[sku] });
    call.end();
  });
}

const server = new grpc.Server();
server.addService(Stock.service, { level, reserve, watch });
server.bindAsync(`127.0.0.1:${process.env.PORT || 50051}`, grpc.ServerCredentials.createInsecure(), (err, port) => {
  if (err) throw err;
  console.log('stock on %d', port);
});
