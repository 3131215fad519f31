import type { JSONObject } from '@modelcontextprotocol/server';
import type { InputSchema } from './tool.ts';

type Properties = InputSchema['properties'];

export const root: Properties[string] = {
  type: 'string',
  description: 'Repository folder, relative to the folder of this server: "." is that folder.',
};

const ids: Properties[string] = { type: 'array', items: { type: 'string', maxLength: 64 }, maxItems: 64 };

/** The choice of codemods, as `plan` and `apply` take it. */
export const choice: Properties = {
  only: { ...ids, description: 'Use only these codemods.' },
  skip: { ...ids, description: 'Leave out these codemods.' },
  with: { ...ids, description: 'Also use these opt-in codemods.' },
};

/** The template of a new service, as `apply` takes it from `plan`. */
export const template: Properties[string] = { type: 'string', maxLength: 240 };

/** A new service instead of a change of what is there. */
export const begun: Properties[string] = { ...template, description: 'New service in an empty root, e.g. express-ts orders 24.' };

/** How a long answer is read on. */
export const paging: Properties = {
  cursor: { type: 'string', maxLength: 40, description: 'nextCursor of the answer before.' },
  maxTokens: { type: 'integer', minimum: 500, maximum: 8000, description: 'Longest answer (default 2000).' },
};

export function objectSchema(properties: Properties, required: string[]): InputSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** What every answer has, whatever else it has. */
export const outputSchema: JSONObject & { type: 'object' } = {
  type: 'object',
  properties: {
    done: { type: 'boolean' },
    next: {
      type: 'object',
      properties: { tool: { type: 'string' }, arguments: { type: 'object' }, why: { type: 'string' } },
      required: ['tool', 'arguments', 'why'],
    },
  },
  required: ['done', 'next'],
};
