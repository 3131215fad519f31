import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'A function has no server whose requests could be seen: the platform calls the handler with an event, and freezes the process as soon as it has the answer. The official instrumentation ends the span of a handler with a callback when it returns, gives no callback in container images, and needs to be loaded before the platform loads the function.',
  notFor:
    'Functions of other platforms, functions whose folder is deployed without what is installed (a folder of the CDK or of SAM without its own package.json and without a bundler), and handlers that are re-exported from another module: each is named with what to do. What runs longer than its time limit is killed by the platform, and its span with it.',
  example: 'traces-handlers-of-serverless-yml',
  provenBy: ['examples/lambda-tickets/golden/tickets.json'],
};
