import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Where lines are collected from stdout or files, and not over OTLP, the ids in them lead from a line to its trace.',
  notFor: 'Whoever reads lines by their bytes: every line of a request changes. Records that are sent over OTLP have the ids without it.',
  example: 'writes-ids-of-pino-lines',
  provenBy: ['examples/fastify-parcels/golden/parcels.json'],
};
