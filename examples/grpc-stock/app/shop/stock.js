const path = require('path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const definition = protoLoader.loadSync(path.join(__dirname, '../proto/stock.proto'), { keepCase: true });
const { Stock } = grpc.loadPackageDefinition(definition).warehouse.v1;

const client = new Stock(process.env.STOCK_ADDRESS || '127.0.0.1:50051', grpc.credentials.createInsecure());

function promised(method, message) {
  return new Promise((resolve, reject) => {
    client[method](message, { deadline: Date.now() + 5000 }, (err, answer) => (err ? reject(err) : resolve(answer)));
  });
}

exports.level = (sku) => promised('level', { sku });
exports.reserve = (sku, pieces) => promised('reserve', { sku, pieces });
exports.watch = (sku) => client.watch({ sku });
