import type { Library } from '../../library.ts';

const messages = 'Its messages get no spans and carry no trace context.';

/** Clients of brokers that no official instrumentation knows. */
export const libraries: readonly Library[] = [
  { name: '@azure/event-hubs', role: 'queue', spans: [], dark: messages },
  { name: '@azure/service-bus', role: 'queue', spans: [], dark: messages },
  { name: '@azure/storage-queue', role: 'queue', spans: [{ by: 'transport', over: 'http' }] },
  { name: '@confluentinc/kafka-javascript', role: 'queue', spans: [], dark: messages },
  { name: '@google-cloud/pubsub', role: 'queue', spans: [], dark: messages },
  { name: '@google-cloud/tasks', role: 'queue', spans: [] },
  { name: '@nats-io/transport-node', role: 'queue', spans: [{ by: 'middleware', versions: '>=3 <4' }], dark: messages },
  { name: '@stomp/stompjs', role: 'queue', spans: [], dark: messages },
  { name: '@temporalio/client', role: 'queue', spans: [], dark: messages },
  { name: '@temporalio/worker', role: 'queue', spans: [], dark: messages },
  { name: 'aedes', role: 'queue', spans: [], dark: messages },
  { name: 'amqp', role: 'queue', spans: [], dark: messages },
  { name: 'kafka-node', role: 'queue', spans: [], dark: messages },
  {
    name: 'mqtt',
    role: 'queue',
    spans: [{ by: 'middleware', versions: '>=4 <6', but: 'Messages of MQTT 3.1.1 have no place for a trace and start their own.' }],
    dark: messages,
  },
  { name: 'nats', role: 'queue', spans: [{ by: 'middleware', versions: '>=2 <3' }], dark: messages },
  { name: 'node-nats-streaming', role: 'queue', spans: [], dark: messages },
  { name: 'node-rdkafka', role: 'queue', spans: [], dark: messages },
  { name: 'pulsar-client', role: 'queue', spans: [], dark: messages },
  { name: 'rabbot', role: 'queue', spans: [], loads: ['amqplib'], over: ['amqplib'] },
  { name: 'rascal', role: 'queue', spans: [], over: ['amqplib'] },
  { name: 'amqp-connection-manager', role: 'queue', spans: [], over: ['amqplib'] },
  { name: '@golevelup/nestjs-rabbitmq', role: 'queue', spans: [], loads: ['amqplib'], over: ['amqplib'] },
  { name: 'rhea', role: 'queue', spans: [], dark: messages },
  { name: 'sqs-consumer', role: 'queue', spans: [], loads: ['@aws-sdk/client-sqs'], over: ['@aws-sdk/client-sqs'] },
  { name: 'stompit', role: 'queue', spans: [], dark: messages },
  { name: 'zeromq', role: 'queue', spans: [], dark: messages },
];
