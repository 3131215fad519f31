import { TracewrightError } from '../contract/index.ts';
import type { NormalSpan } from './normal-form.ts';
import { parseRange } from './pattern.ts';

/** The trace one request produced. */
export interface GoldenTrace {
  /** `METHOD /path` as the scenario states it, without its query. */
  readonly request: string;
  readonly spans: readonly NormalSpan[];
}

/** The span trees one scenario must produce; the content of `.tracewright/golden/<scenario>.json`. */
export interface Golden {
  readonly version: 1;
  readonly scenario: string;
  readonly traces: readonly GoldenTrace[];
}

/** The bytes of a golden file: the same golden gives the same text, on every machine. */
export function writeGolden(golden: Golden): string {
  return `${JSON.stringify(golden, null, 2)}\n`;
}

const spanKeys = [
  'service',
  'kind',
  'name',
  'scope',
  'status',
  'attributes',
  'events',
  'links',
  'logs',
  'orphan',
  'count',
  'edge',
  'children',
];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): boolean {
  return typeof value === 'string' ? parseRange(value) !== undefined : Number.isInteger(value) && Number(value) >= 0;
}

/** The first thing that makes a value no span, or undefined when it is one. */
function spanFault(value: unknown, where: string): string | undefined {
  if (!isFields(value)) return `${where} is not a span`;
  const unknown = Object.keys(value).find((key) => !spanKeys.includes(key));
  if (unknown !== undefined) return `${where} has the unknown key "${unknown}"`;
  const missing = ['service', 'kind', 'name', 'scope'].find((key) => typeof value[key] !== 'string');
  if (missing !== undefined) return `${where} has no text "${missing}"`;
  for (const key of ['events', 'links', 'logs'])
    if (value[key] !== undefined && !Array.isArray(value[key])) return `${where}.${key} is not a list`;
  if (value['attributes'] !== undefined && !isFields(value['attributes'])) return `${where}.attributes is not an object`;
  const { count, edge } = value;
  if (count !== undefined && !isCount(count)) return `${where}.count is neither a whole number nor a range such as <..5>`;
  if (edge !== undefined && edge !== 'ancestor') return `${where}.edge is not "ancestor"`;
  return value['children'] === undefined ? undefined : spansFault(value['children'], `${where}.children`);
}

function spansFault(value: unknown, where: string): string | undefined {
  if (!Array.isArray(value)) return `${where} is not a list`;
  for (const [index, span] of value.entries()) {
    const fault = spanFault(span, `${where}[${index}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function goldenFault(value: unknown): string | undefined {
  if (!isFields(value)) return 'it is not an object';
  if (value['version'] !== 1) return 'its "version" is not 1';
  if (typeof value['scenario'] !== 'string') return 'it has no text "scenario"';
  if (!Array.isArray(value['traces'])) return 'it has no list "traces"';
  for (const [index, trace] of value['traces'].entries()) {
    if (!isFields(trace) || typeof trace['request'] !== 'string') return `traces[${index}] has no text "request"`;
    const fault = spansFault(trace['spans'], `traces[${index}].spans`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Reads a golden file back; `file` is only for the message. Throws TW3050 when it was edited into something else. */
export function parseGolden(text: string, file: string): Golden {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TracewrightError('TW3050', `${file}: it is not JSON`, { cause });
  }
  const fault = goldenFault(value);
  if (fault !== undefined) throw new TracewrightError('TW3050', `${file}: ${fault}`);
  return value as Golden;
}
