import { camel, type Facts } from './facts.ts';

/** Types where the service has them. */
function typed({ extension }: Facts, text: string): string {
  return extension === 'ts' ? text : '';
}

function imports({ isModule }: Facts, names: string, from: string): string {
  return isModule ? `import { ${names} } from '${from}';` : `const { ${names.replaceAll(/type \w+, ?/g, '')} } = require('${from}');`;
}

function exported({ isModule }: Facts): string {
  return isModule ? 'export ' : '';
}

function ending({ isModule }: Facts, name: string): string {
  return isModule ? '' : `\nmodule.exports = { ${name} };\n`;
}

/** A queue of BullMQ with its worker. */
export function jobText(facts: Facts, name: string): string {
  const [one, called] = [camel(name, 'upper'), `open${camel(name, 'upper')}`];
  return `${imports(facts, `${typed(facts, 'type Job, ')}Queue, Worker`, 'bullmq')}
${imports(facts, 'BullMQOtel', 'bullmq-otel')}

/** Queues jobs, and does them with \`work\`. Jobs that are being done end before \`close\` does. */
${exported(facts)}function ${called}(redisUrl${typed(facts, ': string')}, work${typed(facts, `: (data: ${one}) => Promise<void>`)})${typed(facts, `: ${one}Queue`)} {
  // Each job carries its trace: BullMQ's own PRODUCER and CONSUMER spans.
  const options = { connection: { url: redisUrl, maxRetriesPerRequest: null }, telemetry: new BullMQOtel() };
  const queue = new Queue${typed(facts, `<${one}>`)}('${name}', options);
  const worker = new Worker${typed(facts, `<${one}>`)}('${name}', (job${typed(facts, `: Job<${one}>`)}) => work(job.data), options);
  // Without a listener a lost connection would end the process; both connect again by themselves.
  const report = (error${typed(facts, ': Error')})${typed(facts, ': void')} => process.emitWarning(error);
  queue.on('error', report);
  worker.on('error', report);
  return {
    add: async (data${typed(facts, `: ${one}`)}) => {
      await queue.add('${name}', data, { removeOnComplete: true, removeOnFail: 1_000 });
    },
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
}
${typed(
  facts,
  `
export interface ${one}Queue {
  add(data: ${one}): Promise<void>;
  close(): Promise<void>;
}

/** What a job says. */
export type ${one} = Readonly<Record<string, unknown>>;
`,
)}${ending(facts, called)}`;
}

/** Messages to a queue of RabbitMQ. */
export function producerText(facts: Facts, name: string): string {
  const one = camel(name, 'upper');
  return `${imports(facts, 'connect', 'amqplib')}

/** Sends messages to the queue. The instrumentation puts the trace into their headers. */
${exported(facts)}async function open${one}(amqpUrl${typed(facts, ': string')})${typed(facts, `: Promise<${one}Sender>`)} {
  const connection = await connect(amqpUrl);
  const channel = await connection.createConfirmChannel();
  connection.on('error', (error${typed(facts, ': Error')}) => process.emitWarning(error));
  await channel.assertQueue('${name}', { durable: true });
  return {
    send: async (message${typed(facts, ': unknown')}) => {
      channel.sendToQueue('${name}', Buffer.from(JSON.stringify(message)), { persistent: true, contentType: 'application/json' });
      await channel.waitForConfirms();
    },
    close: async () => {
      await channel.close();
      await connection.close();
    },
  };
}
${typed(
  facts,
  `
export interface ${one}Sender {
  send(message: unknown): Promise<void>;
  close(): Promise<void>;
}
`,
)}${ending(facts, `open${one}`)}`;
}

/** Work on the messages of a queue of RabbitMQ. */
export function consumerText(facts: Facts, name: string): string {
  const one = camel(name, 'upper');
  return `${imports(facts, 'connect', 'amqplib')}

/** Works on each message of the queue; one whose work fails is not tried again. Work under way ends before \`close\` does. */
${exported(facts)}async function consume${one}(amqpUrl${typed(facts, ': string')}, work${typed(facts, ': (message: unknown) => Promise<void>')})${typed(facts, `: Promise<${one}Consumer>`)} {
  const connection = await connect(amqpUrl);
  const channel = await connection.createChannel();
  connection.on('error', (error${typed(facts, ': Error')}) => process.emitWarning(error));
  const underWay = new Set${typed(facts, '<Promise<void>>')}();
  await channel.assertQueue('${name}', { durable: true });
  await channel.prefetch(10);
  const { consumerTag } = await channel.consume('${name}', async (message) => {
    if (message === null) return;
    const done = Promise.resolve()
      .then(() => work(JSON.parse(message.content.toString())))
      .then(
        () => channel.ack(message),
        (error${typed(facts, ': Error')}) => {
          process.emitWarning(error);
          channel.nack(message, false, false);
        },
      );
    underWay.add(done);
    await done;
    underWay.delete(done);
  });
  return {
    close: async () => {
      await channel.cancel(consumerTag);
      await Promise.all(underWay);
      await channel.close();
      await connection.close();
    },
  };
}
${typed(
  facts,
  `
export interface ${one}Consumer {
  close(): Promise<void>;
}
`,
)}${ending(facts, `consume${one}`)}`;
}
