'use strict';
// By promises or by callbacks, whichever MODE says.
const isCallback = process.env.MODE === 'callback';
const amqp = require(isCallback ? 'amqplib/callback_api' : 'amqplib');

const opened = (url) => (isCallback ? new Promise((resolve, reject) => amqp.connect(url, (error, made) => (error ? reject(error) : resolve(made)))) : amqp.connect(url));
const channelOf = (connection) =>
  isCallback ? new Promise((resolve, reject) => connection.createConfirmChannel((error, made) => (error ? reject(error) : resolve(made)))) : connection.createConfirmChannel();

exports.open = async (url) => {
  const channel = await channelOf(await opened(url));
  const queue = process.env.QUEUE || 'numbers';
  await new Promise((resolve) => (isCallback ? channel.assertQueue(queue, { durable: false }, resolve) : channel.assertQueue(queue, { durable: false }).then(resolve)));
  return {
    send: (n) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(JSON.stringify({ n }));
        const confirmed = (error) => (error ? reject(error) : resolve());
        if (n % 2) channel.sendToQueue(queue, body, { contentType: 'application/json' }, confirmed);
        else channel.publish('', queue, body, undefined, confirmed);
      }),
    async work(handle, concurrency) {
      channel.prefetch(concurrency);
      const take = (message) => {
        const { n } = JSON.parse(message.content.toString());
        handle(n, n === 1 ? [message.content.toString(), message.properties.contentType] : undefined).then(
          () => channel.ack(message),
          (error) => console.error(error),
        );
      };
      channel.consume(queue, take);
    },
  };
};
