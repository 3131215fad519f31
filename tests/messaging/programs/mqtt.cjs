'use strict';
const mqtt = require('mqtt');

exports.open = (url) =>
  new Promise((resolve, reject) => {
    const client = mqtt.connect(url, { protocolVersion: Number(process.env.VERSION || 5) });
    client.on('error', reject);
    client.on('connect', () =>
      resolve({
        send: (n) =>
          new Promise((sent, failed) => {
            const payload = JSON.stringify({ n });
            client.publish('numbers', payload, { qos: 1, properties: { userProperties: { kind: 'square' } } }, (error) => (error ? failed(error) : sent()));
          }),
        async work(handle) {
          client.on('message', (topic, payload, packet) => {
            const { n } = JSON.parse(payload.toString());
            const { kind } = (packet.properties && packet.properties.userProperties) || {};
            handle(n, n === 1 ? [topic, payload.toString(), kind] : undefined).catch((error) => console.error(error));
          });
          await new Promise((done) => client.subscribe(process.env.SHARED === '0' ? 'numbers' : '$share/workers/numbers', { qos: 1 }, done));
        },
      }),
    );
  });
