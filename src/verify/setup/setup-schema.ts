/** Where `record` puts the schema, for editors. */
export const schemaFile = '.tracewright/tracewright.schema.json';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
const scalar: Schema = { type: ['string', 'number', 'boolean'] };
const texts: Schema = { type: ['object', 'null'], additionalProperties: scalar };

function object(description: string, required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema {
  return { description, type: 'object', additionalProperties: false, required, properties };
}

function list(description: string, items: Schema, least = 0): Schema {
  return least > 0 ? { description, type: 'array', minItems: least, items } : { description, type: ['array', 'null'], items };
}

const ignore = list('Regular expressions: what they match may differ between two versions.', text);

const service = object('A program to start.', ['name'], {
  name: { ...text, description: 'As in reports; unique.' },
  dir: { ...text, description: 'Folder below the root.', not: { pattern: '^/|(^|/)\\.\\.(/|$)' } },
  command: { ...text, description: 'Start command; the launch that the survey found.' },
  build: { ...text, description: 'Runs once before the start.' },
  port: { description: 'A fixed port; by default a free one is passed as PORT.', type: 'integer', minimum: 1, maximum: 65_535 },
  env: { ...texts, description: 'Environment variables; docs/scenarios.md says how to name the other programs.' },
  ready: object('When it is ready; by default when it listens.', ['output'], { output: text }),
});

const request = object('A request to send.', ['path'], {
  service: { ...text, description: 'Default: the first.' },
  method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] },
  path: { type: 'string', pattern: '^/' },
  headers: texts,
  body: { description: 'Text, or data that is sent as JSON.' },
  expect: object('What the answer and its trace must be.', [], {
    status: { type: 'integer', minimum: 100, maximum: 599 },
    spans: list('Spans that must be seen before the programs are stopped: `service KIND name`, `KIND name` or the name.', text),
  }),
  ignore,
});

const command = object('A command of the repository that gives a service work, such as a job on its queue.', ['run'], {
  service: { ...text, description: 'Whose folder and environment it has, and whose spans are its work. Default: the first.' },
  run: { ...text, description: 'A line for the shell.' },
  name: { ...text, description: 'As in reports and golden traces; the command.' },
  expect: object('How it must end, and what its work must be.', [], {
    status: { description: 'Its exit code; 0.', type: 'integer', minimum: 0, maximum: 255 },
    spans: list('Spans that must be seen before the next step: `service KIND name`, `KIND name` or the name.', text),
  }),
});

const short: Schema = {
  description: '`METHOD /path`, to the first service.',
  type: 'string',
  pattern: '^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\\S*$',
};

const scenario = object('Requests whose traces make one golden file.', ['name', 'requests'], {
  name: { type: 'string', pattern: '^\\w[\\w.-]*$' },
  parallel: { description: 'Send them again, all at the same time: their traces must stay apart.', type: 'boolean' },
  requests: list('Sent one after the other.', { anyOf: [short, request, command] }, 1),
  ignore,
});

/** The JSON Schema of tracewright.yaml: what `readSetup` accepts, references and unique names aside. */
export const setupSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tracewright.yaml',
  ...object('What to start and what to ask it.', ['version', 'services'], {
    version: { const: 1 },
    services: list('The programs to start.', service, 1),
    scenarios: list('What to ask them.', scenario),
    attributes: list('Further attribute names that a golden trace may hold; never user data.', text),
    check: object('What `tracewright check` may leave alone.', [], {
      allow: list('Files and folders where OpenTelemetry by hand and edits are meant.', text),
    }),
  }),
};

/** The bytes of the published schema. */
export function setupSchemaText(): string {
  return `${JSON.stringify(setupSchema, undefined, 2)}\n`;
}
