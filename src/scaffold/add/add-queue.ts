import type { Edit, Task } from '../../contract/index.ts';
import { readTemplate } from '../read-templates.ts';
import { configEdits } from './add-client.ts';
import { type Addition, at, camel, type Facts, uses } from './facts.ts';
import { type Instrumented, instrument } from './instrument.ts';
import { consumerText, jobText, producerText } from './queue-texts.ts';

interface Kind {
  /** What opens it: `openMails`. */
  readonly opens: (name: string) => string;
  readonly text: (facts: Facts, name: string) => string;
  readonly broker: 'redis' | 'rabbitmq';
  readonly libraries: readonly string[];
}

const kinds: Readonly<Record<'job' | 'producer' | 'consumer', Kind>> = {
  job: { opens: (name) => `open${camel(name, 'upper')}`, text: jobText, broker: 'redis', libraries: ['bullmq', 'bullmq-otel', 'ioredis'] },
  producer: { opens: (name) => `open${camel(name, 'upper')}`, text: producerText, broker: 'rabbitmq', libraries: ['amqplib'] },
  consumer: { opens: (name) => `consume${camel(name, 'upper')}`, text: consumerText, broker: 'rabbitmq', libraries: ['amqplib'] },
};

const amqplib: Instrumented = { library: 'amqplib', className: 'AmqplibInstrumentation', template: 'consumer-amqp-ts' };
const ioredis: Instrumented = { library: 'ioredis', className: 'IORedisInstrumentation', template: 'worker-bullmq-ts' };

const brokers = {
  redis: { key: 'redisUrl', variable: 'REDIS_URL', url: 'redis://127.0.0.1:6379', template: 'worker-bullmq-ts', title: 'Redis' },
  rabbitmq: { key: 'amqpUrl', variable: 'AMQP_URL', url: 'amqp://127.0.0.1:5672', template: 'consumer-amqp-ts', title: 'RabbitMQ' },
} as const;

/** A queue in a file of its own, its libraries at the versions of the templates, and its setting. */
export function addQueue(part: 'job' | 'producer' | 'consumer', facts: Facts, name: string): Addition {
  const { opens, text, broker, libraries } = kinds[part];
  const { key, variable, url, template, title } = brokers[broker];
  const file = at(facts, `${facts.sources}${part === 'consumer' ? `${name}-consumer` : name}.${facts.extension}`);
  if (facts.repo.read(file) !== undefined)
    return { edits: [], tasks: [{ file, line: 1, why: `${file} is there already`, next: 'Give the queue another name.' }] };
  const config = configEdits(facts, key, variable, url, title);
  const hasSetting =
    config.length > 0 || facts.repo.read(at(facts, `${facts.sources}config.${facts.extension}`))?.includes(variable) === true;
  const tasks: Task[] = [
    ...(hasSetting
      ? []
      : [
          {
            file,
            line: 1,
            why: 'No settings in the form of a template were found',
            next: `Pass ${variable} of the environment to ${opens(name)}.`,
          },
        ]),
    {
      file,
      line: 1,
      why: `Nothing opens ${name} yet`,
      next: `Call ${opens(name)} where the service starts, and its close() where it ends; ${part === 'consumer' ? 'send to its queue' : 'send to it in a route'}, then \`tracewright record\` shows one trace through both.`,
    },
  ];
  const create: Edit = { kind: 'create', file, text: text(facts, name), why: whyOf(part, name) };
  const traced = instrument(facts, broker === 'redis' ? ioredis : amqplib);
  return { edits: [create, ...manifestEdits(facts, template, libraries), ...traced.edits, ...config], tasks: [...traced.tasks, ...tasks] };
}

function whyOf(part: 'job' | 'producer' | 'consumer', name: string): string {
  if (part === 'job') return `Queues jobs in ${name} and does them; each carries its trace.`;
  return part === 'producer'
    ? `Sends messages to ${name}; each carries its trace.`
    : `Works on the messages of ${name}, in the trace that sent them.`;
}

function manifestEdits(facts: Facts, template: string, libraries: readonly string[]): readonly Edit[] {
  const { dependencies: known = {} }: { dependencies?: Readonly<Record<string, string>> } = JSON.parse(
    readTemplate(template).files['package.json'] ?? '{}',
  );
  return libraries.flatMap((library): readonly Edit[] => {
    const version = known[library];
    if (uses(facts, library) || version === undefined) return [];
    const why = `The version that the template ${template} is proven with.`;
    return [{ kind: 'manifest', file: facts.package.manifest, path: ['dependencies', library], value: version, why }];
  });
}
