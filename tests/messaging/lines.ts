import type { BrokerName } from './brokers.ts';
import type { Journey } from './journey.ts';

/** One library in one version. */
export interface Line extends Omit<Journey, 'broker' | 'messages'> {
  readonly title: string;
  readonly system: string;
  /** Spans from the request to the consumer's outgoing call. */
  readonly chains: readonly string[];
  readonly isNewest: boolean;
  /** Messages that are enough for a library that asks for them in turns of its own. */
  readonly most?: number;
}

export interface Group {
  readonly broker: BrokerName;
  readonly lines: readonly Line[];
}

type Rest = Omit<Line, 'library' | 'packages' | 'title' | 'isNewest' | 'system'> & { readonly system?: string };

/** A library with the versions that are tried, the newest last. */
function tries(library: string, versions: readonly (readonly string[])[], { system = library, ...rest }: Rest): readonly Line[] {
  const mode = rest.env?.['MODE'];
  return versions.map((packages, at) => ({
    library,
    packages,
    title: `${packages[0]}${mode === undefined ? '' : ` by ${mode}`}`,
    isNewest: at === versions.length - 1,
    system,
    ...rest,
  }));
}

const by = (send: string): string => `PRODUCER ${send} numbers > CONSUMER process numbers > CLIENT GET`;

export const groups: readonly Group[] = [
  {
    broker: 'redis',
    lines: [
      ...tries('bullmq', [['bullmq@3.0.0'], ['bullmq@4.18.3'], ['bullmq@5.81.5'], ['bullmq@6.7.0', 'ioredis@5.8.2']], {
        chains: [by('add'), by('addBulk')],
        fail: 100,
      }),
      ...['process', 'thread'].flatMap((MODE) =>
        tries('bullmq', [['bullmq@5.81.5']], { chains: [by('add'), by('addBulk')], env: { MODE } }),
      ),
      ...tries('bull', [['bull@3.0.0']], { chains: [by('add')], fail: 100, env: { BULK: '0' } }),
      ...tries('bull', [['bull@3.29.3'], ['bull@4.16.5']], { chains: [by('add'), by('addBulk')], fail: 100 }),
      ...tries('bee-queue', [['bee-queue@1.0.0'], ['bee-queue@2.0.0']], { chains: [by('save')], fail: 100 }),
    ],
  },
  {
    broker: 'nats',
    lines: [
      ...['loop', 'callback'].flatMap((MODE) =>
        tries('nats', [['nats@2.7.1'], ['nats@2.29.3']], { chains: [by('publish')], env: { MODE } }),
      ),
      ...tries('nats', [['nats@2.15.1'], ['nats@2.29.3']], { chains: [by('publish')], env: { MODE: 'jetstream' } }),
      ...['loop', 'callback', 'jetstream'].flatMap((MODE) =>
        tries('nats', [['@nats-io/transport-node@3.2.0', '@nats-io/jetstream@3.2.0']], {
          chains: [by('publish')],
          env: { MODE, NATS: '3' },
        }),
      ),
    ],
  },
  {
    broker: 'mosquitto',
    lines: tries('mqtt', [['mqtt@4.2.8'], ['mqtt@4.3.8'], ['mqtt@5.16.0']], { chains: [by('publish')] }),
  },
  {
    broker: 'postgres',
    lines: [
      ...tries('graphile-worker', [['graphile-worker@0.13.0'], ['graphile-worker@0.17.3']], { chains: [by('addJob')], fail: 100 }),
      ...tries('pg-boss', [['pg-boss@9.0.3'], ['pg-boss@10.4.2']], {
        chains: [by('send')],
        most: 200,
        isTogether: true,
        env: { BATCH: '1' },
      }),
    ],
  },
  {
    broker: 'rabbitmq',
    lines: ['promises', 'callback'].flatMap((MODE) =>
      tries(
        'amqplib',
        [
          ['amqplib@0.5.6', ...official('amqplib')],
          ['amqplib@0.10.9', ...official('amqplib')],
          ['amqplib@2.3.1', ...official('amqplib')],
        ],
        {
          chains: ['PRODUCER publish <default> > CONSUMER numbers process > CLIENT GET'],
          env: { MODE },
          instrument: ['@opentelemetry/instrumentation-amqplib#AmqplibInstrumentation'],
        },
      ),
    ),
  },
];

/** An official instrumentation, and the API it has in common with the middleware. */
function official(name: string): readonly string[] {
  return [`@opentelemetry/instrumentation-${name}@0.70.0`, '@opentelemetry/api@1.9.1'];
}
