'use strict';
// Loops, callbacks, or the loop of a JetStream consumer, whichever MODE says; version 3 goes by other names.
const isNew = process.env.NATS === '3';
const { connect, headers } = require(isNew ? '@nats-io/transport-node' : 'nats');
const streams = isNew
  ? require('@nats-io/jetstream')
  : { jetstream: (each) => each.jetstream(), jetstreamManager: (each) => each.jetstreamManager() };

const { MODE } = process.env;
const encode = (value) => Buffer.from(JSON.stringify(value));
const decode = (data) => JSON.parse(Buffer.from(data).toString());

exports.open = async (url) => {
  const connection = await connect({ servers: url });
  if (MODE === 'jetstream') {
    const manager = await streams.jetstreamManager(connection);
    if (process.env.ROLE === 'worker') await manager.streams.delete('numbers').catch(() => undefined);
    await manager.streams.add({ name: 'numbers', subjects: ['numbers'] });
    await manager.consumers.add('numbers', { durable_name: 'worker', ack_policy: 'explicit' });
  }
  return {
    async send(n) {
      const own = headers();
      own.set('kind', 'square');
      if (MODE === 'jetstream') await streams.jetstream(connection).publish('numbers', encode({ n }));
      else connection.publish('numbers', encode({ n }), n % 2 ? { headers: own } : undefined);
    },
    async work(handle, concurrency) {
      const handled = (message) => {
        const { n } = decode(message.data);
        return handle(n, n === 1 ? [message.subject, { n }, (message.headers && message.headers.get('kind')) || null] : undefined).catch((error) =>
          console.error(error),
        );
      };
      for (let at = 0; at < concurrency; at++) {
        if (MODE === 'callback') connection.subscribe('numbers', { queue: 'workers', callback: (_error, message) => handled(message) });
        else if (MODE === 'jetstream') pull(connection, handled);
        else loop(connection, handled);
      }
      await connection.flush();
    },
  };
};

async function loop(connection, handled) {
  for await (const message of connection.subscribe('numbers', { queue: 'workers' })) await handled(message);
}

async function pull(connection, handled) {
  const consumer = await streams.jetstream(connection).consumers.get('numbers', 'worker');
  for await (const message of await consumer.consume({ max_messages: 10 })) {
    await handled(message);
    message.ack();
  }
}
