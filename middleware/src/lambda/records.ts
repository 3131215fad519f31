import type { Attributes } from '@opentelemetry/api';
import { read, textOf } from '../frameworks/reader';

/** Messages that a queue or a topic handed to the function as one event. */
export interface Records {
  /** The queue or topic. */
  readonly destination: string;
  readonly attributes: Attributes;
  /** What each message carries of its sender's trace. */
  readonly carriers: readonly Record<string, string>[];
}

/** Where the messages of a source keep their attributes, and how an attribute its text. */
const sources: Readonly<Record<string, { readonly system: string; readonly holder: readonly string[]; readonly text: string }>> = {
  'aws:sqs': { system: 'aws_sqs', holder: ['messageAttributes'], text: 'stringValue' },
  'aws:sns': { system: 'aws.sns', holder: ['Sns', 'MessageAttributes'], text: 'Value' },
};

export function recordsOf(event: unknown): Records | undefined {
  const records: unknown = read(event, 'Records');
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const source = sources[nameOf(records[0])];
  if (source === undefined) return undefined;
  const arn = textOf(read(records[0], 'eventSourceARN')) || textOf(read(records[0], 'Sns', 'TopicArn')) || '';
  const destination = arn.slice(arn.lastIndexOf(':') + 1) || 'unknown';
  const attributes: Attributes = {
    'faas.trigger': 'pubsub',
    'messaging.system': source.system,
    'messaging.destination.name': destination,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.batch.message_count': records.length,
  };
  const id = records.length === 1 && (read(records[0], 'messageId') || read(records[0], 'Sns', 'MessageId'));
  if (typeof id === 'string') attributes['messaging.message.id'] = id;
  return { destination, attributes, carriers: records.map((record) => carrierOf(read(record, ...source.holder), source.text)) };
}

function nameOf(record: unknown): string {
  return textOf(read(record, 'eventSource')) || textOf(read(record, 'EventSource')) || '';
}

function carrierOf(attributes: unknown, text: string): Record<string, string> {
  const carrier: Record<string, string> = {};
  for (const [name, value] of Object.entries(Object(attributes))) {
    const found = textOf(read(value, text));
    if (found !== undefined) carrier[name.toLowerCase()] = found;
  }
  return carrier;
}

/** What else may have called the function: in the words of the conventions for functions. */
export function otherTrigger(event: unknown): string {
  if (read(event, 'source') === 'aws.events' || read(event, 'detail-type') === 'Scheduled Event') return 'timer';
  const records: unknown = read(event, 'Records');
  const source = Array.isArray(records) ? nameOf(records[0]) : '';
  if (source === 'aws:s3' || source === 'aws:dynamodb') return 'datasource';
  return source === 'aws:kinesis' || textOf(read(event, 'eventSource')) !== undefined || read(event, 'detail-type') !== undefined
    ? 'pubsub'
    : 'other';
}
