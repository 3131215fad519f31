import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'amqplib',
    role: 'queue',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-amqplib',
        exports: 'AmqplibInstrumentation',
        cohorts: { 'sdk-1': ['0.46.1', '>=0.5.5 <1'], 'sdk-2': ['0.70.0', '>=0.5.5 <3'], 'sdk-3': ['0.71.0', '>=0.5.5 <3'] },
      },
    ],
    trial: [
      "const at = process.env.AMQP_URL || process.env.RABBITMQ_URL || 'amqp://127.0.0.1';",
      "require('amqplib').connect(at).then(async (broker) => {",
      '  const channel = await broker.createConfirmChannel();',
      "  channel.sendToQueue({queue}, Buffer.from('{}'));",
      '  await channel.waitForConfirms();',
      '  await broker.close();',
      '});',
    ],
  },
];
