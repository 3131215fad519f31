import type { Library } from '../../library.ts';

const functionsNext = 'Use the tracing of the functions platform for now.';

export const libraries: readonly Library[] = [
  {
    name: 'wrangler',
    role: 'platform',
    spans: [],
    owns: { title: 'Cloudflare Workers', next: 'Use the tracing of the Workers platform; it does not run Node.js.' },
  },
  { name: '@google-cloud/functions-framework', role: 'platform', spans: [], owns: { title: 'Functions Framework', next: functionsNext } },
  { name: '@azure/functions', role: 'platform', spans: [], owns: { title: 'Azure Functions', next: functionsNext } },
  {
    name: 'serverless',
    role: 'platform',
    spans: [],
    owns: {
      title: 'Serverless Framework',
      next: 'State its AWS Lambda handlers in serverless.yml, where the plan reads them; else use the OpenTelemetry Lambda layer.',
    },
  },
];
